//! Code page 850, in which MS-DOS of western Europe wrote; its lower half is ASCII.

/// The characters from 128 on.
const UPPER: &str = "\
    ÇüéâäàåçêëèïîìÄÅ\
    ÉæÆôöòûùÿÖÜø£Ø×ƒ\
    áíóúñÑªº¿®¬½¼¡«»\
    ░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤\
    ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
    ÓßÔÒõÕµþÞÚÛÙýÝ¯´\
    \u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// The byte of a character; none where the page has no such character.
pub(crate) fn byte(character: char) -> Option<u8> {
    if character.is_ascii() {
        return u8::try_from(u32::from(character)).ok();
    }
    let place = UPPER.chars().position(|it| it == character)?;
    u8::try_from(place + 128).ok()
}

/// The bytes of a text; what the page has not becomes a question mark.
pub(crate) fn bytes(text: &str) -> Vec<u8> {
    let bytes = text.chars().map(|it| byte(it).unwrap_or(b'?'));
    bytes.collect()
}

/// The text of bytes. Every byte is a character.
pub(crate) fn text(bytes: &[u8]) -> String {
    let characters = bytes.iter().map(|byte| match byte {
        0..=127 => char::from(*byte),
        _ => UPPER.chars().nth(usize::from(*byte) - 128).unwrap_or('?'),
    });
    characters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_a_character_of_its_own() {
        for wanted in 0..=255 {
            let character = text(&[wanted]).chars().next().unwrap();
            assert_eq!(byte(character), Some(wanted), "{character:?}");
        }
        assert_eq!(bytes("Müller 漢"), b"M\x81ller ?");
    }
}
