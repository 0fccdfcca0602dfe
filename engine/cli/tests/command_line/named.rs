//! What an editor is told of names: where they are, what they become, and how they are coloured,
//! behind letters that are longer than one unit.

use serde_json::{Value, json};

use super::desk;
use super::editor::{Editor, folder, uri};

const TEXT: &str = "workflow: 1
name: named
steps:
  - {id: one, uses: assert, with: {that: true}}
  - {id: two, uses: assert, with: {that: \"${{ 'é𝄞' != '' && steps.one.status != 'failed' }}\"}}
";

/// Where a word stands behind another in a line, as editors count.
fn range(line: usize, before: &str, word: &str) -> Value {
    let text = TEXT.lines().nth(line).expect("a line");
    let start = text.find(before).expect("it is there") + before.len();
    assert!(text[start..].starts_with(word));
    let units = |bytes: usize| text[..bytes].encode_utf16().count();
    let place = |bytes: usize| json!({"line": line, "character": units(bytes)});
    json!({"start": place(start), "end": place(start + word.len())})
}

/// The words that an answer colours, with the numbers of their sorts.
fn coloured(answer: &Value) -> Vec<(String, u64)> {
    let numbers = answer["data"].as_array().expect("numbers").iter();
    let numbers: Vec<u64> = numbers.filter_map(Value::as_u64).collect();
    let (mut line, mut column) = (0, 0);
    let words = numbers.chunks(5).map(|token| {
        let [lines, columns, length, sort, _] = token.try_into().expect("five of them");
        column = if lines == 0 {
            column + columns
        } else {
            columns
        };
        line += lines;
        let small = |number: u64| usize::try_from(number).expect("a small one");
        let text = TEXT.lines().nth(small(line)).expect("a line");
        let units: Vec<u16> = text.encode_utf16().skip(small(column)).collect();
        let word = String::from_utf16_lossy(&units[..small(length)]);
        (word, sort)
    });
    words.collect()
}

#[test]
fn an_editor_is_told_of_names_behind_long_letters() {
    let desk = desk("editor-names");
    let folder = folder(&desk);
    let mut editor = Editor::new(&folder);
    let document = json!({"uri": uri(&folder.join("named.yaml"))});
    editor.tell(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": document["uri"], "languageId": "yaml", "version": 1, "text": TEXT}}),
    );
    let (defined, used) = (range(3, "id: ", "one"), range(4, "steps.", "one"));
    let place = |range: &Value| json!({"uri": document["uri"], "range": range});
    let mut at = json!({"textDocument": document, "position": used["start"]});
    let found = editor.ask("textDocument/definition", at.clone());
    assert_eq!(found, json!([place(&defined)]));
    let ready = editor.ask("textDocument/prepareRename", at.clone());
    assert_eq!(ready, json!({"range": used, "placeholder": "one"}));
    at["context"] = json!({"includeDeclaration": true});
    let found = editor.ask("textDocument/references", at.clone());
    assert_eq!(found, json!([place(&defined), place(&used)]));
    at["newName"] = json!("first");
    let renamed = editor.ask("textDocument/rename", at);
    let edit = |range: &Value| json!({"range": range, "newText": "first"});
    let edits = json!([edit(&defined), edit(&used)]);
    assert_eq!(renamed["documentChanges"][0]["edits"], edits, "{renamed}");
    let tokens = editor.ask(
        "textDocument/semanticTokens/full",
        json!({"textDocument": document}),
    );
    let (variable, property, string, operator) = (2, 3, 5, 6);
    let wanted = [
        ("'é𝄞'", string),
        ("!=", operator),
        ("''", string),
        ("&&", operator),
        ("steps", variable),
        ("one", property),
        ("status", property),
        ("!=", operator),
        ("'failed'", string),
    ];
    assert_eq!(
        coloured(&tokens),
        wanted.map(|(word, sort)| (word.to_owned(), sort))
    );
    editor.end();
}
