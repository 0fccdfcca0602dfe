//! The name of a rule and the page that explains it.
//!
//! A page is Markdown beside the rule: a title, what the rule means, a block ` ```yaml wrong ` and
//! a block ` ```yaml right `. The tests of the workspace run both: the wrong one raises exactly
//! this code, the right one raises none. A page for a part of a file says so after the word:
//! ` ```site wrong `; the first word always names what the example is. Files that belong to an
//! example stand beside it under their names: ` ```base.yaml wrong `.

/// A rule that can be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// Its name, as `explain` takes it: `unknown-key`.
    pub name: &'static str,
    /// Its page.
    pub page: &'static str,
}

/// An example on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// What it is: `yaml` for a workflow, or another word such as `site`.
    pub language: &'static str,
    /// Whether it breaks the rule.
    pub wrong: bool,
    /// The example itself.
    pub text: &'static str,
}

impl Code {
    /// A rule and its page, mostly from `include_str!`.
    pub const fn new(name: &'static str, page: &'static str) -> Self {
        Self { name, page }
    }

    /// The first heading of the page.
    pub fn title(&self) -> &'static str {
        let heading = |line: &'static str| line.strip_prefix("# ");
        self.page.lines().find_map(heading).unwrap_or(self.name)
    }

    /// The examples of the page that are marked `wrong` or `right`, in order.
    pub fn examples(&self) -> Vec<Example> {
        let mut rest = self.page;
        let mut found = Vec::new();
        while let Some((_, block)) = rest.split_once("\n```") {
            let Some((info, body)) = block.split_once('\n') else {
                break;
            };
            let Some((text, after)) = split_fence(body) else {
                break;
            };
            found.extend(example(info, text));
            rest = after;
        }
        found
    }
}

/// The body of a fenced block and what follows it, from the line break of its closing fence.
fn split_fence(body: &'static str) -> Option<(&'static str, &'static str)> {
    if let Some(after) = body.strip_prefix("```") {
        return Some(("", after));
    }
    let end = body.find("\n```")?;
    Some((&body[..=end], &body[end + 4..]))
}

fn example(info: &'static str, text: &'static str) -> Option<Example> {
    let (language, verdict) = info.trim().split_once(' ')?;
    let wrong = match verdict.trim() {
        "wrong" => true,
        "right" => false,
        _ => return None,
    };
    Some(Example {
        language,
        wrong,
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: Code = Code::new(
        "no-tabs",
        "# tabs\n\nText.\n\n```yaml wrong\na:\n\tb: 1\n```\n\n```\nplain\n```\n\n```yaml right\na:\n  b: 1\n```\n",
    );

    #[test]
    fn a_page_gives_its_title_and_its_marked_examples() {
        assert_eq!(CODE.title(), "tabs");
        let found = CODE.examples();
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].wrong, found[0].text), (true, "a:\n\tb: 1\n"));
        assert_eq!((found[1].wrong, found[1].text), (false, "a:\n  b: 1\n"));
        assert_eq!(found[1].language, "yaml");
    }
}
