//! A step as it is drawn, and the list it stands in.

/// What a step does, by its mark in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It can write.
    Acts,
    /// It waits for something.
    Waits,
    /// It looks.
    Looks,
    /// It holds steps.
    Group,
}

/// A step or group.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// What it does.
    pub role: Role,
    /// Its kind, or what it calls; empty for a plain group.
    pub kind: String,
    /// Where it acts, as it is written; empty: nowhere, or where its group says.
    pub host: String,
    /// `for each po`, `if ..`, `asks first`.
    pub notes: Vec<String>,
    /// What a person reads about it.
    pub doc: String,
    /// What is in it, if it is open.
    pub inside: Option<List>,
    /// How many steps there are in it.
    pub steps: usize,
}

/// Steps, and their order.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// In the order written.
    pub items: Vec<Item>,
    /// For each item those that it waits for, by their number in the list, without those that the
    /// others wait for themselves.
    pub after: Vec<Vec<usize>>,
    /// Whether they are the items of a `foreach`, of which none waits for another.
    pub is_fan: bool,
}

impl Item {
    /// The mark of its role, as in a plan.
    pub(super) fn mark(&self) -> &'static str {
        match self.role {
            Role::Acts => ">",
            Role::Waits => "@",
            Role::Looks => "=",
            Role::Group if self.inside.is_some() => "-",
            Role::Group => "+",
        }
    }

    /// What it is, behind its name: `registry at inputs.dx`, `5 steps`.
    pub(super) fn details(&self) -> Vec<String> {
        let mut all = Vec::new();
        if !self.kind.is_empty() {
            all.push(self.kind.clone());
        }
        if !self.host.is_empty() {
            all.push(format!("at {}", self.host));
        }
        if self.role == Role::Group && self.inside.is_none() {
            let noun = if self.steps == 1 { "step" } else { "steps" };
            all.push(format!("{} {noun}", self.steps));
        }
        all.extend(self.notes.iter().cloned());
        all
    }
}
