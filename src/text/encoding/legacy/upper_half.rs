//! The upper halves of Mac Roman and of code page 437 of DOS.
//!
//! No Vietnamese text was ever written in them; they are here because UTF-8 gets read as if it
//! were.
//!
//! # References
//!
//! The Unicode Consortium's mapping files `VENDORS/APPLE/ROMAN.TXT` and
//! `VENDORS/MICSFT/PC/CP437.TXT`.

/// Mac Roman from 0x80, with the euro sign of Mac OS 8.5.
const MAC_ROMAN: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø\
    ¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// Code page 437 from 0x80.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";

/// The byte of a character in Mac Roman.
pub(crate) fn byte_in_mac_roman(c: char) -> Option<u8> {
    byte_of(MAC_ROMAN, c)
}

/// The byte of a character in code page 437.
pub(crate) fn byte_in_cp437(c: char) -> Option<u8> {
    byte_of(CP437, c)
}

fn byte_of(upper_half: &str, c: char) -> Option<u8> {
    let place = upper_half.chars().position(|known| known == c)?;
    u8::try_from(0x80 + place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_have_a_character_for_each_byte() {
        for table in [MAC_ROMAN, CP437] {
            assert_eq!(table.chars().count(), 128);
            assert!(table.chars().all(|c| !c.is_ascii()));
        }
        assert_eq!((byte_in_mac_roman('·'), byte_in_cp437('ß')), (Some(0xE1), Some(0xE1)));
        assert_eq!((byte_in_mac_roman('a'), byte_in_cp437('ế')), (None, None));
    }
}
