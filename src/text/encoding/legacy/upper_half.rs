//! The upper halves of Mac Roman, of code pages 437 and 850 of DOS, and of 1250 (central Europe) and
//! 1251 (Cyrillic) of Windows.
//!
//! No Vietnamese text was ever written in them; they are here because UTF-8 gets read as if it
//! were.
//!
//! # References
//!
//! The Unicode Consortium's mapping files `VENDORS/APPLE/ROMAN.TXT`, `CP437.TXT` and `CP850.TXT` of
//! `VENDORS/MICSFT/PC`, and `CP1250.TXT` and `CP1251.TXT` of `VENDORS/MICSFT/WINDOWS`. A code that is
//! undefined there is a control code here, as Windows reads it.

/// Mac Roman from 0x80, with the euro sign of Mac OS 8.5.
const MAC_ROMAN: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø\
    ¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// Code page 437 from 0x80.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";

/// Code page 850 from 0x80.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// Code page 1250 from 0x80.
const CP1250: &str = "€\u{81}‚\u{83}„…†‡\u{88}‰Š‹ŚŤŽŹ\u{90}‘’“”•–—\u{98}™š›śťžź\u{A0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż\
    ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙";

/// Code page 1251 from 0x80.
const CP1251: &str = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{98}™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї\
    АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя";

/// The byte of a character in Mac Roman.
pub(crate) fn byte_in_mac_roman(c: char) -> Option<u8> {
    byte_of(MAC_ROMAN, c)
}

/// The byte of a character in code page 437.
pub(crate) fn byte_in_cp437(c: char) -> Option<u8> {
    byte_of(CP437, c)
}

/// The byte of a character in code page 850.
pub(crate) fn byte_in_cp850(c: char) -> Option<u8> {
    byte_of(CP850, c)
}

/// The byte of a character in code page 1250.
pub(crate) fn byte_in_cp1250(c: char) -> Option<u8> {
    byte_of(CP1250, c)
}

/// The byte of a character in code page 1251.
pub(crate) fn byte_in_cp1251(c: char) -> Option<u8> {
    byte_of(CP1251, c)
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
        for table in [MAC_ROMAN, CP437, CP850, CP1250, CP1251] {
            assert_eq!(table.chars().count(), 128);
            assert!(table.chars().all(|c| !c.is_ascii()));
        }
        assert_eq!((byte_in_mac_roman('·'), byte_in_cp437('ß')), (Some(0xE1), Some(0xE1)));
        assert_eq!((byte_in_cp850('ø'), byte_in_cp1250('ż')), (Some(0x9B), Some(0xBF)));
        assert_eq!((byte_in_cp1251('б'), byte_in_cp1251('ї')), (Some(0xE1), Some(0xBF)));
        assert_eq!((byte_in_mac_roman('a'), byte_in_cp437('ế')), (None, None));
    }
}
