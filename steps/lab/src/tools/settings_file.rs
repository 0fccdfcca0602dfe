//! DISPATCH.INI and EXTERNAL.INI: what a program is told by a file beside it (Q96060).
//!
//! Under `[Dispatch]` stands what is for every instance, under `[Dispatch-Normal]` what is for the one
//! that `/instancename=Normal` names. A line is a key and its value, or a key alone; what follows a
//! semicolon is for people. Where the file lies is inferred.

use crate::lab::{Lab, Role};
use crate::tools::CommandLine;

/// `/instancename=X` (Q96060).
pub(super) fn instance(line: &CommandLine) -> Option<&str> {
    let mut named = typed(line).filter(|(key, _)| key.eq_ignore_ascii_case("instancename"));
    named.find_map(|(_, name)| Some(name).filter(|it| !it.is_empty()))
}

/// Keys and values on the command line, each behind a slash: `/IdleProcess="external -dMP"` (Q134225).
pub(super) fn typed(line: &CommandLine) -> impl Iterator<Item = (&str, &str)> {
    line.words.iter().filter_map(|word| {
        let word = word.strip_prefix('/')?;
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        Some((key, unquoted(value)))
    })
}

/// The file of a program at a machine: of the postoffice, or of the first of a workstation's that has
/// one.
pub(super) fn text(program: &str, lab: &Lab, place: Role) -> String {
    let path = format!(r"MAILEXE\{}.INI", program.to_ascii_uppercase());
    let text = |id: usize| {
        let postoffice = &lab.postoffices[id];
        let text = postoffice.texts.get(&path)?;
        postoffice.conditions.read(&path).ok()?;
        Some(text.clone())
    };
    let found = match place {
        Role::Postoffice(id) => text(id),
        _ => ('A'..='Z').find_map(|letter| text(lab.on_drive(place, letter)?)),
    };
    found.unwrap_or_default()
}

/// Keys and values for an instance of a program: first those for all, so that its own win wherever
/// they stand.
pub(super) fn lines<'t>(
    text: &'t str,
    program: &str,
    instance: Option<&str>,
) -> Vec<(&'t str, &'t str)> {
    let own_name = instance.map(|it| format!("{program}-{it}"));
    let mut own = false;
    let mut mine = false;
    let mut found = Vec::new();
    for line in text.lines().map(|line| without_remark(line).trim()) {
        let heading = line.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
        if let Some(name) = heading {
            let is = |wanted: &str| name.trim().eq_ignore_ascii_case(wanted);
            own = own_name.as_deref().is_some_and(is);
            mine = own || is(program);
        } else if mine && !line.is_empty() {
            let (key, value) = line.split_once('=').unwrap_or((line, ""));
            found.push((own, (key.trim(), unquoted(value.trim()))));
        }
    }
    found.sort_by_key(|(own, _)| *own);
    found.into_iter().map(|(_, line)| line).collect()
}

/// A line up to its first semicolon that stands in no quotes.
fn without_remark(line: &str) -> &str {
    let mut quoted = false;
    let end = line.find(|letter| {
        quoted ^= letter == '"';
        letter == ';' && !quoted
    });
    end.map_or(line, |end| &line[..end])
}

/// A value without the quotes around all of it; one that is only at its end belongs to it.
pub(super) fn unquoted(value: &str) -> &str {
    let inner = value.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    inner.filter(|it| !it.contains('"')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Q96060 prints one.
    const FILE: &str = "[Dispatch]\n; Global settings for all instances\n\
        DriveHomePO=m ; Home postoffice is assumed on drive M.\nLogSession    ; Keep track\n\n\
        [Dispatch-Normal]\nDrivesDirectPO=mp   ; M through P.\n\
        IdleProcess = \"external /instancename=Normal\"\n[Dispatch-Modem]\nDrivesDirectPO=mn\n";

    #[test]
    fn what_is_for_all_comes_before_what_is_for_one() {
        let normal = [
            ("DriveHomePO", "m"),
            ("LogSession", ""),
            ("DrivesDirectPO", "mp"),
            ("IdleProcess", "external /instancename=Normal"),
        ];
        assert_eq!(lines(FILE, "Dispatch", Some("NORMAL")), normal);
        assert_eq!(lines(FILE, "Dispatch", None), normal[..2]);
        assert_eq!(lines(FILE, "External", Some("Normal")), []);
        let turned = "[Dispatch-Night]\nDriveHomePO=N\n[dispatch]\nDriveHomePO=M\n";
        let both = [("DriveHomePO", "M"), ("DriveHomePO", "N")];
        assert_eq!(lines(turned, "Dispatch", Some("night")), both);
    }

    #[test]
    fn quotes_count_where_they_do_not_stand_around_all() {
        let text = "[X]\nLogSession=\"No\"\nDriveHomePO=\"M:\"\nIdleProcess=\"a;b\" ; why\n";
        let read = [
            ("LogSession", "No"),
            ("DriveHomePO", "M:"),
            ("IdleProcess", "a;b"),
        ];
        assert_eq!(lines(text, "X", None), read);
        assert_eq!(unquoted(r#""a b" -l"c""#), r#""a b" -l"c""#);
    }
}
