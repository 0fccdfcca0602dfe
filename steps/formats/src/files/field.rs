//! Writing and reading the fields of a file, one after the other.

use super::code_page;
use super::corrupt::Corrupt;
use super::text::Text;
use crate::address::{Address, PostofficeName, SYSTEM};

/// Bytes being written.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// The bytes written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// How many bytes were written.
    #[must_use]
    pub fn at(&self) -> usize {
        self.bytes.len()
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    pub(crate) fn byte(&mut self, value: u8) -> &mut Self {
        self.raw(&[value])
    }

    pub(crate) fn word(&mut self, value: u16) -> &mut Self {
        self.raw(&value.to_le_bytes())
    }

    pub(crate) fn long(&mut self, value: u32) -> &mut Self {
        self.raw(&value.to_le_bytes())
    }

    /// A place in another file; -1 where there is none (Q112301).
    pub(crate) fn pointer(&mut self, value: Option<u32>) -> &mut Self {
        self.long(value.unwrap_or(u32::MAX))
    }

    pub(crate) fn text<const WIDTH: usize>(&mut self, text: &Text<WIDTH>) -> &mut Self {
        self.padded(text.as_str(), WIDTH + 1)
    }

    /// A postoffice's name in two fields of eleven bytes; zeros for none.
    pub(crate) fn postoffice(&mut self, name: Option<&PostofficeName>) -> &mut Self {
        self.padded(name.map_or("", PostofficeName::network), 11);
        self.padded(name.map_or("", PostofficeName::postoffice), 11)
    }

    pub(crate) fn address(&mut self, address: &Address) -> &mut Self {
        self.postoffice(Some(&address.postoffice));
        self.padded(&address.mailbox, 11)
    }

    /// Zeros, up to so many bytes from the beginning.
    pub(crate) fn pad_to(&mut self, size: usize) -> &mut Self {
        debug_assert!(self.bytes.len() <= size, "a file of {size} bytes");
        self.bytes.resize(size, 0);
        self
    }

    fn padded(&mut self, text: &str, width: usize) -> &mut Self {
        let end = self.bytes.len() + width;
        self.bytes.extend(code_page::bytes(text));
        self.pad_to(end)
    }
}

/// Bytes being read. What is not as it should be is told with its offset.
#[derive(Debug)]
pub struct Reader<'b> {
    file: &'static str,
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    /// The bytes of a file, read from the beginning.
    #[must_use]
    pub fn new(file: &'static str, bytes: &'b [u8]) -> Self {
        Self { file, bytes, at: 0 }
    }

    /// How many bytes were read.
    #[must_use]
    pub fn at(&self) -> usize {
        self.at
    }

    /// What is wrong here.
    pub(crate) fn corrupt(&self, expected: impl Into<String>) -> Corrupt {
        self.corrupt_at(self.at, expected)
    }

    /// What is wrong at a place before this one.
    pub(crate) fn corrupt_at(&self, offset: usize, expected: impl Into<String>) -> Corrupt {
        Corrupt {
            file: self.file,
            offset: offset as u64,
            expected: expected.into(),
        }
    }

    pub(crate) fn rest(&self) -> usize {
        self.bytes.len() - self.at
    }

    pub(crate) fn raw(&mut self, length: usize) -> Result<&'b [u8], Corrupt> {
        let end = self.at.checked_add(length);
        let Some(bytes) = end.and_then(|end| self.bytes.get(self.at..end)) else {
            return Err(self.corrupt(format!("{length} more bytes")));
        };
        self.at += length;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Corrupt> {
        let mut array = [0; N];
        array.copy_from_slice(self.raw(N)?);
        Ok(array)
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Corrupt> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    pub(crate) fn word(&mut self) -> Result<u16, Corrupt> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    pub(crate) fn long(&mut self) -> Result<u32, Corrupt> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub(crate) fn pointer(&mut self) -> Result<Option<u32>, Corrupt> {
        Ok(Some(self.long()?).filter(|it| *it != u32::MAX))
    }

    /// A byte that is 0 or 1.
    pub(crate) fn flag(&mut self) -> Result<bool, Corrupt> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(self.corrupt_at(self.at - 1, "0 or 1")),
        }
    }

    /// Bytes that are always the same: by them a file is known.
    pub(crate) fn magic(&mut self, magic: &[u8]) -> Result<(), Corrupt> {
        let at = self.at;
        if self.raw(magic.len())? == magic {
            return Ok(());
        }
        Err(self.corrupt_at(at, format!("`{}`", magic.escape_ascii())))
    }

    pub(crate) fn text<const WIDTH: usize>(&mut self) -> Result<Text<WIDTH>, Corrupt> {
        let at = self.at;
        let bytes = self.raw(WIDTH + 1)?;
        let length = bytes.iter().position(|it| *it == 0);
        let (text, padding) = bytes.split_at(length.unwrap_or(0));
        if length.is_none() || padding.iter().any(|it| *it != 0) {
            let expected = format!("a text of at most {WIDTH} characters, padded with zeros");
            return Err(self.corrupt_at(at, expected));
        }
        Ok(Text::of_bytes(text))
    }

    /// A postoffice's name, or none.
    pub(crate) fn some_postoffice(&mut self) -> Result<Option<PostofficeName>, Corrupt> {
        let at = self.at;
        let (network, postoffice) = (self.text::<10>()?, self.text::<10>()?);
        if network.as_str().is_empty() && postoffice.as_str().is_empty() {
            return Ok(None);
        }
        let name = format!("{network}/{postoffice}");
        let parsed = PostofficeName::parse(&name).ok();
        let parsed = parsed.filter(|it| it.to_string() == name);
        let expected = "a network and a postoffice, of capital letters and digits";
        parsed
            .map(Some)
            .ok_or_else(|| self.corrupt_at(at, expected))
    }

    pub(crate) fn postoffice(&mut self) -> Result<PostofficeName, Corrupt> {
        let at = self.at;
        let name = self.some_postoffice()?;
        name.ok_or_else(|| self.corrupt_at(at, "a network and a postoffice"))
    }

    pub(crate) fn address(&mut self) -> Result<Address, Corrupt> {
        let postoffice = self.postoffice()?;
        let at = self.at;
        let mailbox = self.text::<10>()?;
        let address = postoffice.mailbox(mailbox.as_str());
        let bare = mailbox.as_str().trim_start_matches(SYSTEM_SIGN);
        if bare.is_empty() || *address.mailbox != *mailbox.as_str() {
            return Err(self.corrupt_at(at, format!("a mailbox such as {SYSTEM}")));
        }
        Ok(address)
    }

    /// Zeros, up to so many bytes from the beginning.
    pub(crate) fn zeros_to(&mut self, size: usize) -> Result<(), Corrupt> {
        while self.at < size {
            if self.byte()? != 0 {
                return Err(self.corrupt_at(self.at - 1, "0, as this place is reserved"));
            }
        }
        Ok(())
    }

    /// Nothing more.
    pub(crate) fn end(&self) -> Result<(), Corrupt> {
        match self.rest() {
            0 => Ok(()),
            _ => Err(self.corrupt("the end of the file")),
        }
    }
}

/// What the names of mailboxes of the system begin with.
const SYSTEM_SIGN: char = '$';
