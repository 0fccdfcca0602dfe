//! The files of an Exchange server: one of JSON for each of its parts, and one of JSON lines for what
//! only grows, its Application log and its administrator's inbox.

use std::path::Path;

use serde_json::{Map, Value};

use super::connector;
use super::image::{Content, Image, NoForm};
use super::layer::Look;
use super::postoffice::{Found, queues};
use super::trouble::Trouble;
use crate::exchange::{Exchange, ExchangeId};
use crate::tracked::Tracked;

/// What is small, and the names of the other files.
const WHOLE: &str = "exchange.json";
/// In [`WHOLE`]: the parts that have files of their own.
const PARTS: &str = "parts";
/// In [`WHOLE`]: the lists that have files of their own, as part and name.
const LINES: [(&str, &str, &str); 2] = [
    ("log", "records", "events.jsonl"),
    ("inbox", "messages", "inbox.jsonl"),
];

/// Where the service leaves and looks for whole lists (Q150976, Q156124).
const RESYNC: &str = "Dxadata/RESYNC.GLB";

/// The directories there are (Q149451, Q193378).
const DIRECTORIES: [&str; 2] = [connector::PLACE, "Dxadata"];

/// Where the files are that programs have written; that they stand apart is the lab's.
const WRITTEN: &str = "Written";

fn place(host: &str, name: &str) -> String {
    format!("{}/{name}", host.to_uppercase())
}

fn in_connector(host: &str, path: &str) -> String {
    place(host, &format!("{}/{path}", connector::PLACE))
}

/// What is to be looked for beside the files that are known to be there.
pub(super) fn watched(exchange: &Exchange) -> impl Iterator<Item = String> {
    let host = &exchange.host;
    let paths = connector::watched(exchange).into_iter();
    let paths = paths.map(|path| in_connector(host, &path));
    paths.chain([place(host, RESYNC)])
}

/// Takes in a RESYNC.GLB in Dxadata (Q156124), and that a mailbag of the connector postoffice is
/// there, or is not. Of what a person writes into its other files nothing is taken in.
pub(super) fn notice(exchanges: &mut Tracked<Exchange>, id: ExchangeId, path: &str, found: &Found) {
    let exchange = &exchanges[id];
    if path == place(&exchange.host, RESYNC) {
        return notice_resync(exchanges, id, found);
    }
    let is_there = !matches!(found, Found::Nothing);
    let inside = in_connector(&exchange.host, "");
    let inner = path.strip_prefix(&inside);
    let Some(bag) = inner.and_then(|it| connector::mailbag_at(exchange, it)) else {
        return;
    };
    let known = exchange.connector.mailbags.get(&bag);
    if known.is_some_and(|it| it.missing) == is_there {
        let mailbags = &mut exchanges[id].connector.mailbags;
        mailbags.entry(bag).or_default().missing = !is_there;
    }
}

/// A file that is no RESYNC.GLB is none to the service.
fn notice_resync(exchanges: &mut Tracked<Exchange>, id: ExchangeId, found: &Found) {
    let known = exchanges[id].dx.resync.as_ref();
    let now = match found {
        Found::File(bytes) if known.is_some_and(|it| queues::handed_over(it) == *bytes) => return,
        Found::File(bytes) => queues::take_over(bytes).ok(),
        Found::Nothing | Found::Directory | Found::Refused => None,
    };
    if known.is_some() || now.is_some() {
        exchanges[id].dx.resync = now;
    }
}

/// The files of an Exchange server.
pub(super) fn image(exchange: &Exchange) -> Result<Image, NoForm> {
    let host = &*exchange.host;
    let mut image = Image::new();
    for path in DIRECTORIES {
        image.insert(place(host, path), Content::Directory);
    }
    let inside = connector::image(exchange).into_iter();
    image.extend(inside.map(|(path, it)| (in_connector(host, &path), it)));
    if let Some(resync) = &exchange.dx.resync {
        let bytes = queues::handed_over(resync);
        image.insert(place(host, RESYNC), Content::File(bytes));
    }
    let texts = exchange.texts.iter();
    image.extend(texts.map(|(path, text)| {
        let path = place(host, &format!("{WRITTEN}/{}", path.replace('\\', "/")));
        (path, Content::File(text.clone().into_bytes()))
    }));
    let Value::Object(mut whole) = serde_json::to_value(exchange)? else {
        return Err(NoForm("an Exchange server is no JSON object".to_owned()));
    };
    for (part, name, file) in LINES {
        let items = whole
            .get_mut(part)
            .and_then(|it| it.get_mut(name))
            .map(Value::take);
        let bytes = lines(items.as_ref().and_then(Value::as_array))?;
        image.insert(place(host, file), Content::File(bytes));
    }
    let large = |value: &Value| value.is_object() || value.is_array();
    let names: Vec<String> = whole
        .iter()
        .filter(|it| large(it.1))
        .map(|it| it.0.clone())
        .collect();
    for name in &names {
        let bytes = serde_json::to_vec_pretty(&whole.remove(name))?;
        image.insert(place(host, &format!("{name}.json")), Content::File(bytes));
    }
    whole.insert(PARTS.to_owned(), names.into());
    let bytes = serde_json::to_vec_pretty(&whole)?;
    image.insert(place(host, WHOLE), Content::File(bytes));
    Ok(image)
}

fn lines(items: Option<&Vec<Value>>) -> Result<Vec<u8>, NoForm> {
    let mut bytes = Vec::new();
    for item in items.into_iter().flatten() {
        serde_json::to_writer(&mut bytes, item)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// Reads the Exchange server of a host.
pub(super) fn read(layer: &dyn Look, root: &Path, host: &str) -> Result<Exchange, Trouble> {
    let file = |name: &str| root.join(place(host, name));
    let mut whole: Map<String, Value> = json(layer, &file(WHOLE))?;
    let parts = whole.remove(PARTS).unwrap_or_default();
    for part in parts
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        let value: Value = json(layer, &file(&format!("{part}.json")))?;
        whole.insert(part.to_owned(), value);
    }
    for (part, name, path) in LINES {
        let items = items(layer, &file(path))?;
        if let Some(Value::Object(part)) = whole.get_mut(part) {
            part.insert(name.to_owned(), items.into());
        }
    }
    let path = file(WHOLE);
    serde_json::from_value(Value::Object(whole)).map_err(|it| damaged(&path, &it))
}

fn items(layer: &dyn Look, path: &Path) -> Result<Vec<Value>, Trouble> {
    let bytes = layer.read(path).map_err(|it| Trouble::of(path, &it))?;
    let lines = bytes.split(|it| *it == b'\n').filter(|it| !it.is_empty());
    let items = lines.map(serde_json::from_slice);
    items
        .collect::<Result<_, _>>()
        .map_err(|it| damaged(path, &it))
}

/// Reads a file of JSON.
pub(super) fn json<T: serde::de::DeserializeOwned>(
    layer: &dyn Look,
    path: &Path,
) -> Result<T, Trouble> {
    let bytes = layer.read(path).map_err(|it| Trouble::of(path, &it))?;
    serde_json::from_slice(&bytes).map_err(|it| damaged(path, &it))
}

fn damaged(path: &Path, error: &serde_json::Error) -> Trouble {
    let reason = format!("this is not the state of a lab: {error}");
    Trouble::new(
        path,
        reason,
        "take back what was changed there, or make a new lab",
    )
}
