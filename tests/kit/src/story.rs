//! A story: a Markdown file whose title is a promise, with files and the screens that come of
//! them.
//!
//! - a block ` ```yaml file=hello.yaml ` is written into the folder of the story;
//! - a block ` ```console ` holds lines that begin with `$ `, each followed by the whole screen that
//!   the command leaves, as a person sees it;
//! - everything else is prose, and for people.
//!
//! A line `...` stands for lines that are left out of a long screen, once on each.
//! A screen that shows a fence itself stands in a block with a longer one.
//!
//! Playing a story gives its text again, with the screens that really came. A story that holds is
//! one that comes out as it went in.

use std::ops::Range;

/// Stands for lines that are left out.
const LEFT_OUT: &str = "...";

/// What a story needs of the world.
pub trait Stage {
    /// Puts a file into the folder of the story.
    fn write(&mut self, name: &str, text: &str);

    /// Runs a command and gives the screen it leaves.
    ///
    /// # Errors
    /// A command that cannot be run here, in words.
    fn run(&mut self, command: &str) -> Result<String, String>;
}

/// A fenced block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block<'t> {
    /// Its first word, such as `yaml`.
    pub language: &'t str,
    /// The words after it.
    pub words: Vec<&'t str>,
    /// What is in it.
    pub body: &'t str,
    /// The number of its opening line, from 1.
    pub line: usize,
    range: Range<usize>,
}

impl<'t> Block<'t> {
    /// What `file=` says.
    #[must_use]
    pub fn file(&self) -> Option<&'t str> {
        let mut words = self.words.iter();
        words.find_map(|word| word.strip_prefix("file="))
    }
}

/// The title of a Markdown text: its first heading.
#[must_use]
pub fn title(text: &str) -> Option<&str> {
    text.lines().next()?.strip_prefix("# ")
}

/// The fenced blocks of a Markdown text, in order. One that is never closed ends with the text.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<Opening<'_>> = None;
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let info = line.trim_start_matches('`');
        let fence = line.len() - info.len();
        let info = info.trim();
        match &open {
            None if fence >= 3 => {
                let (line, body) = (number + 1, at);
                open = Some(Opening {
                    fence,
                    info,
                    line,
                    body,
                });
            }
            Some(opening) if fence >= opening.fence && info.is_empty() => {
                found.push(opening.block(text, start));
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|opening| opening.block(text, text.len())));
    found
}

/// The line that opens a block.
struct Opening<'t> {
    fence: usize,
    info: &'t str,
    line: usize,
    body: usize,
}

impl<'t> Opening<'t> {
    fn block(&self, text: &'t str, end: usize) -> Block<'t> {
        let mut words = self.info.split_whitespace();
        Block {
            language: words.next().unwrap_or_default(),
            words: words.collect(),
            body: &text[self.body..end],
            line: self.line,
            range: self.body..end,
        }
    }
}

/// Plays a story: its text with the screens that really came.
///
/// # Errors
/// The line of a command that cannot be run, and why.
pub fn play(text: &str, stage: &mut dyn Stage) -> Result<String, String> {
    let mut out = String::new();
    let mut done = 0;
    for block in blocks(text) {
        if let Some(name) = block.file() {
            stage.write(name, block.body);
        } else if block.language == "console" {
            let screen = screens(block.body, stage);
            out.push_str(&text[done..block.range.start]);
            out.push_str(&screen.map_err(|why| format!("line {}: {why}", block.line))?);
            done = block.range.end;
        }
    }
    out.push_str(&text[done..]);
    Ok(out)
}

fn screens(body: &str, stage: &mut dyn Stage) -> Result<String, String> {
    let mut out = String::new();
    let mut lines = body.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(command) = line.strip_prefix("$ ") else {
            continue;
        };
        let mut shown = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
            shown.push(line);
        }
        let screen = stage.run(command)?;
        let came: Vec<&str> = screen.lines().collect();
        for line in std::iter::once(line).chain(abridged(&shown, came)) {
            out.push_str(line);
            out.push('\n');
        }
    }
    Ok(out)
}

/// A screen as a story shows it: where the story leaves lines out, so many at its beginning and so
/// many at its end as stand there.
fn abridged<'s>(shown: &[&'s str], came: Vec<&'s str>) -> Vec<&'s str> {
    let Some(head) = shown.iter().position(|line| *line == LEFT_OUT) else {
        return came;
    };
    let tail = shown.len() - head - 1;
    if head + tail >= came.len() {
        return came;
    }
    [&came[..head], &[LEFT_OUT], &came[came.len() - tail..]].concat()
}

#[cfg(test)]
mod tests {
    use super::{Stage, blocks, play, title};

    /// A stage on which `show NAME` shows a file.
    #[derive(Default)]
    struct Files(Vec<(String, String)>);

    impl Stage for Files {
        fn write(&mut self, name: &str, text: &str) {
            self.0.push((name.to_owned(), text.to_owned()));
        }

        fn run(&mut self, command: &str) -> Result<String, String> {
            let name = command
                .strip_prefix("show ")
                .ok_or("only show can be run")?;
            let file = self.0.iter().rev().find(|(file, _)| file == name);
            Ok(file.map(|(_, text)| text.clone()).unwrap_or_default())
        }
    }

    const STORY: &str = "# what is written is shown

```yaml file=a.yaml
a: 1
```

Then:

```console
$ show a.yaml
a: 2
$ show b.yaml
```

Done.
";

    #[test]
    fn a_story_comes_out_with_the_screens_that_came() {
        let played = play(STORY, &mut Files::default());
        assert_eq!(
            played.as_deref(),
            Ok(STORY.replace("a: 2", "a: 1").as_str())
        );
        let again = play(&STORY.replace("a: 2", "a: 1"), &mut Files::default());
        assert_eq!(again, played, "and then it holds");
    }

    #[test]
    fn a_long_screen_may_be_shown_by_its_ends() {
        let file = "```yaml file=a\n1\n2\n3\n4\n5\n```\n";
        let story = |screen: &str| format!("{file}```console\n$ show a\n{screen}```\n");
        let played = |screen| play(&story(screen), &mut Files::default());
        assert_eq!(played("1\n...\n4\n5\n"), Ok(story("1\n...\n4\n5\n")));
        assert_eq!(played("x\n...\n4\ny\n"), Ok(story("1\n...\n4\n5\n")));
        assert_eq!(played("1\n2\n...\n3\n4\n5\n"), Ok(story("1\n2\n3\n4\n5\n")));
    }

    #[test]
    fn a_longer_fence_holds_a_shorter_one() {
        let found = blocks("````console\n$ show\n```yaml\na: 1\n```\n````\nend\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].body, "$ show\n```yaml\na: 1\n```\n");
    }

    #[test]
    fn a_command_that_cannot_be_run_is_told_with_its_line() {
        let story = "# no\n\n```console\n$ rm -r .\n```\n";
        let played = play(story, &mut Files::default());
        assert_eq!(played, Err("line 3: only show can be run".to_owned()));
    }

    #[test]
    fn a_block_knows_its_language_its_file_and_its_line() {
        let found = blocks(STORY);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].language, "yaml");
        assert_eq!(found[0].file(), Some("a.yaml"));
        assert_eq!((found[0].body, found[0].line), ("a: 1\n", 3));
        assert_eq!(found[1].file(), None);
        assert_eq!(title(STORY), Some("what is written is shown"));
    }
}
