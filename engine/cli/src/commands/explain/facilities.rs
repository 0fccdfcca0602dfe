//! A facility: what steps may ask of it, and which drivers perform that.

use runsheet_report::look::{Look, Tone};
use runsheet_step::Facility;
use runsheet_trust::drivers::Brought;

use super::fields;
use super::folding;
use crate::drivers::OWN;

/// The line about a facility.
pub(super) fn about(facility: &dyn Facility) -> String {
    let mut lines = facility.page().lines().take_while(|line| !line.is_empty());
    let first = lines.next().unwrap_or("a facility").to_owned();
    lines.fold(first, |text, line| format!("{text} {line}"))
}

/// As much of that as stands in a list.
pub(super) fn title(facility: &dyn Facility) -> String {
    let about = about(facility);
    let title = about.split_once(": ").map_or(&*about, |(title, _)| title);
    title.trim_end_matches('.').to_owned()
}

/// What can be asked of a facility, and who performs it. One that Runsheet brings itself a lab has
/// too.
pub(super) fn page(
    facility: &dyn Facility,
    is_own: bool,
    brought: &[Brought],
    look: Look,
) -> String {
    let name = facility.name();
    let title = format!("facility {name}");
    let first = folding::folded(&format!("{title}: {}", about(facility)), look.width);
    let mut text = first.replacen(&title, &look.paint(Tone::Strong, &title), 1);
    let after = facility
        .page()
        .split_once("\n\n")
        .map_or("", |(_, after)| after);
    match after.is_empty() {
        true => text.push_str("\nIts plugin says no more of it.\n"),
        false => {
            text.push_str(&format!(
                "\n{}\n",
                look.paint(Tone::Strong, "what is asked")
            ));
            text.push_str(&folding::page(after, look.width));
        }
    }
    drivers(name, is_own, brought, look, &mut text);
    text
}

/// The drivers that serve it, and what a site file says beside the name of each.
fn drivers(name: &str, is_own: bool, brought: &[Brought], look: Look, text: &mut String) {
    text.push_str(&format!("\n{}\n", look.paint(Tone::Strong, "drivers")));
    let serves = |of: &Option<&str>| of.map_or(is_own, |of| of == name);
    let own = OWN.iter().filter(|(_, of)| serves(of));
    let own: Vec<&str> = own.map(|(driver, _)| *driver).collect();
    let of_plugins = || brought.iter().filter(|it| *it.driver.facility == *name);
    for driver in &own {
        let what = match *driver {
            "lab" => "the simulated host of a site with a `lab:`, which needs not be named",
            "local" => "this machine",
            _ => "the person at the screen",
        };
        text.push_str(&folding::beside(2, driver, 10, what, look.width));
    }
    for it in of_plugins() {
        let what = "a program of a plugin";
        text.push_str(&folding::beside(2, &it.driver.name, 10, what, look.width));
    }
    if own.is_empty() && of_plugins().next().is_none() {
        text.push_str("  none here: a plugin may bring one, and a site then names it\n");
    }
    let named = own.iter().copied().find(|driver| *driver != "lab");
    let named = named.or_else(|| of_plugins().next().map(|it| &*it.driver.name));
    if let Some(driver) = named {
        let heading = look.paint(Tone::Strong, "in a site");
        let of_plugin = of_plugins().find(|it| *it.driver.name == *driver);
        let options = of_plugin.and_then(|it| it.driver.options.as_deref());
        let required = options.unwrap_or_default().iter().filter(|it| it.required);
        let told: String = required.map(|it| format!(", {}: ..", it.name)).collect();
        text.push_str(&format!(
            "\n{heading}\n  hosts: {{WEB: {{facilities: {{{name}: {{driver: {driver}{told}}}}}}}}}\n"
        ));
    }
    for it in of_plugins() {
        let options = it.driver.options.as_deref().unwrap_or_default();
        fields(
            &format!("beside driver: {}", it.driver.name),
            options,
            look,
            text,
        );
    }
}
