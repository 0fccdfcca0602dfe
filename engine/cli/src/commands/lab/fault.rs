//! `lab fault`: what is wrong in a lab, and what can be made to go wrong.

use runsheet_diagnostics::suggest;
use runsheet_lab::faults::{Fault, Kind, Stage, When, kinds};
use runsheet_lab::lab::Lab;
use runsheet_lab::options;
use runsheet_step::{Name, Value};

use super::at_hand::AtHand;
use super::show::View;
use super::table::{Cell, Page, Table};
use crate::args::lab::LabFaultArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;

pub(super) static VIEW: View = View {
    name: "faults",
    takes: "",
    about: "what is made to go wrong, and when",
    look: |lab, _| Ok(Page::Tables(vec![there(lab)])),
};

pub(super) fn fault(arguments: &LabFaultArguments, console: &Console) -> Result<Exit, Complaint> {
    let mut words = arguments.words.clone();
    let is_kinds = words.first().is_some_and(|it| it == "kinds");
    if is_kinds {
        return told_kinds(arguments, console);
    }
    let lab = AtHand::open(&arguments.which, &mut words, console)?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["list"] => {}
        ["kinds"] => return told_kinds(arguments, console),
        ["add", name, given @ ..] => {
            let given = given_with(name, given, arguments)?;
            lab.change(|lab| add(lab, &given))??;
            if let Some(file) = lab.look(|lab| unknown_file(lab, &given))? {
                console.note(&file);
            }
        }
        ["end", number] => {
            lab.change(|lab| end(lab, number))??;
        }
        [word, ..] => return Err(misused(word)),
    }
    let page = lab.look(|lab| Page::Tables(vec![there(lab)]))?;
    let exit = lab.tell("faults", &page, arguments.which.json, console)?;
    if matches!(words.first(), Some(&"add" | &"end")) {
        lab.tell_what_is_lost(console);
    }
    Ok(exit)
}

fn misused(word: &str) -> Complaint {
    let complaint = Complaint::new(format!("`lab fault {word}` is not understood"));
    let complaint = complaint.exit(Exit::Usage);
    match suggest::nearest(word, ["list", "kinds", "add", "end"]) {
        Some(near) if near != word => complaint.help(format!("did you mean `lab fault {near}`?")),
        _ => complaint.help("write list, kinds, add NAME KEY=VALUE.. or end NUMBER"),
    }
}

/// The faults of a lab as a table.
pub(super) fn there(lab: &Lab) -> Table {
    let columns = &["number", "fault", "of", "from", "until", "is"];
    let mut table = Table::new("faults", columns, "nothing is made to go wrong");
    for (fault, number) in lab.faults.iter().zip(1..) {
        table.row([
            Cell::Number(number),
            Cell::from(fault.kind.name),
            Cell::Text(given(fault)),
            Cell::Text(when(&fault.from)),
            Cell::maybe(fault.until.as_ref().map(when)),
            Cell::from(match fault.stage {
                Stage::Ahead => "ahead",
                Stage::There => "there",
                Stage::Over => "over",
            }),
        ]);
    }
    table
}

fn given(fault: &Fault) -> String {
    let given = fault.given.iter();
    let pairs: Vec<String> = given
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join(" ")
}

fn when(when: &When) -> String {
    match when {
        When::Opening => "the beginning".to_owned(),
        When::At(moment) => moment.to_string(),
        When::Step(address) => format!("step {address}"),
    }
}

/// Every kind of fault, or those that are named.
fn told_kinds(arguments: &LabFaultArguments, console: &Console) -> Result<Exit, Complaint> {
    let mut table = Table::new(
        "kinds of faults",
        &["fault", "takes", "what goes wrong"],
        "",
    );
    for kind in kinds() {
        let about = Cell::from(kind.doc);
        table.row([Cell::from(kind.name), Cell::Text(takes(kind)), about]);
    }
    let page = Page::Tables(vec![table]);
    let text = if arguments.which.json {
        page.json("kinds of faults", "", "")? + "\n"
    } else {
        runsheet_report::look::drawn(&page.drawn(console.look()))
    };
    console.data(&text)?;
    Ok(Exit::Done)
}

fn takes(kind: &Kind) -> String {
    let names = kind.takes.iter().map(|it| match it.needed {
        true => it.name.to_owned(),
        false => format!("[{}]", it.name),
    });
    names.collect::<Vec<_>>().join(" ")
}

/// What was typed, as a site file would have it.
fn given_with(
    name: &str,
    given: &[&str],
    arguments: &LabFaultArguments,
) -> Result<Value, Complaint> {
    let mut entries: Vec<(Name, Value)> = vec![("fault".into(), Value::text(name))];
    for word in given {
        let Some((key, value)) = word.split_once('=') else {
            let complaint = Complaint::new(format!("`{word}` has no `=`"));
            return Err(complaint.help("write KEY=VALUE").exit(Exit::Usage));
        };
        let number = value.parse::<i64>().ok();
        let number = number.filter(|it| it.to_string() == value);
        entries.push((
            key.into(),
            number.map_or_else(|| Value::text(value), Value::Int),
        ));
    }
    for (key, value) in [("from", &arguments.from), ("until", &arguments.until)] {
        if let Some(bare) = value.as_ref().filter(|it| it.parse::<u64>().is_ok()) {
            let complaint = Complaint::new(format!("--{key} {bare} has no unit"));
            return Err(complaint
                .help(format!("write {bare}m for minutes"))
                .exit(Exit::Usage));
        }
        entries.extend(
            value
                .iter()
                .map(|it| (key.into(), Value::text(it.as_str()))),
        );
    }
    Ok(Value::map(entries))
}

fn add(lab: &mut Lab, given: &Value) -> Result<(), Complaint> {
    let name = given.get("fault").to_string();
    let fault = options::faults::fault(lab, given).map_err(|failures| {
        let told: Vec<String> = failures.iter().map(|it| it.message.to_string()).collect();
        let complaint = Complaint::new(told.join("; ")).exit(Exit::Usage);
        match suggest::nearest(&name, kinds().map(|it| it.name)) {
            Some(near) if near != name => complaint.help(format!("did you mean `{near}`?")),
            _ => complaint.help("`runsheet lab fault kinds` tells what each takes"),
        }
    })?;
    if let (When::At(from), Some(When::At(until))) = (&fault.from, &fault.until)
        && until <= from
    {
        let complaint = Complaint::new(format!("it would end at {until} and begin at {from}"));
        return Err(complaint.help("let --until be later than --from; both are counted from now"));
    }
    lab.add_fault(fault);
    Ok(())
}

/// That a fault is of a file that is not there, which may be meant, or misspelt.
fn unknown_file(lab: &Lab, given: &Value) -> Option<String> {
    let (host, path) = (given.get("host").as_text()?, given.get("file").as_text()?);
    let files = lab.postoffice(host)?.files();
    let wanted = path.replace('/', "\\").to_uppercase();
    let is_it = |file: &str| file == wanted || file.starts_with(&format!("{wanted}\\"));
    if files.keys().any(|file| is_it(file)) {
        return None;
    }
    let remedy = match suggest::nearest(&wanted, files.keys().map(String::as_str)) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("`runsheet lab show files {host}` lists what there is"),
    };
    Some(format!("{host} has no file {path} now; {remedy}"))
}

fn end(lab: &mut Lab, number: &str) -> Result<(), Complaint> {
    let count = lab.faults.iter().count();
    let index = number
        .parse::<usize>()
        .ok()
        .and_then(|it| it.checked_sub(1));
    match index.filter(|it| *it < count) {
        Some(index) => {
            lab.end_fault(index);
            Ok(())
        }
        None => {
            let complaint = Complaint::new(format!("there is no fault {number}"));
            let is_number = number.parse::<usize>().is_ok();
            let exit = if is_number { Exit::Failed } else { Exit::Usage };
            Err(complaint
                .help("`runsheet lab fault list` shows their numbers")
                .exit(exit))
        }
    }
}
