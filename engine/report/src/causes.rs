//! What a failure means, in lines below it.

use runsheet_record::event::Told;

/// Each cause with its sources, and its remedy.
pub(crate) fn told(causes: &[Told]) -> String {
    let mut text = String::new();
    for told in causes {
        let see = match told.see.join(", ") {
            see if see.is_empty() => see,
            see => format!(" ({see})"),
        };
        text.push_str(&format!("    cause:    {}{see}\n", told.cause));
        if let Some(remedy) = &told.remedy {
            text.push_str(&format!("    remedy:   {remedy}\n"));
        }
    }
    text
}
