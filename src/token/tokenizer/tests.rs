use super::tokenize;

fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    tokenize(text, 0..text.len(), &mut tokens);
    tokens.iter().map(|token| &text[token.span()]).collect()
}

#[test]
fn foreign_words_keep_their_hyphens_in_any_case() {
    for word in ["Al-Qaeda", "Jong-un", "Geun-hye", "VN-Index", "GD-ĐT", "start-up", "Al-Thani"] {
        assert_eq!(tokens(word), [word]);
        assert_eq!(tokens(&word.to_uppercase()), [word.to_uppercase()]);
        assert_eq!(tokens(&format!("({word}),")), ["(", word, ")", ","]);
        // What follows does not decide.
        assert_eq!(tokens(&format!("“{word}”")), ["“", word, "”"]);
    }
}

#[test]
fn hyphens_join_vietnamese_words_without_making_them_one() {
    assert_eq!(tokens("kinh tế-xã hội"), ["kinh", "tế", "-", "xã", "hội"]);
    assert_eq!(tokens("Hà Nội-Sydney"), ["Hà", "Nội", "-", "Sydney"]);
    assert_eq!(tokens("VOV-Trung tâm"), ["VOV", "-", "Trung", "tâm"]);
    assert_eq!(tokens("b-"), ["b", "-"]);
    assert_eq!(tokens("GD--ĐT"), ["GD", "--", "ĐT"]);
}

#[test]
fn letters_with_a_number_after_the_hyphen_are_one() {
    assert_eq!(tokens("Covid-19 MD-530"), ["Covid-19", "MD-530"]);
    assert_eq!(tokens("quận-1"), ["quận", "-", "1"]);
}

#[test]
fn a_search_for_a_domain_that_goes_on_finds_what_a_new_one_does() {
    // More bytes than one search looks at, with and without an end, and labels of all lengths.
    let labels = ["a.", "bb.", "c1.", "dddddd."];
    for shift in 0..4 {
        let row: String = (0..200).map(|i| labels[(i * i + shift) % labels.len()]).collect();
        for end in ["vn chạy.", "xx chạy.", "vN.", "x-y.vn", "Hà Nội", "vnđ"] {
            let text = format!("{row}{end}");
            let whole = tokens(&text);
            let mut start = 0;
            // To a token it makes no difference that there are labels before it.
            for (at, token) in whole.iter().enumerate() {
                start += text[start..].find(token).expect("tokens come in order");
                if token.starts_with(char::is_alphabetic) {
                    assert_eq!(whole[at..], tokens(&text[start..]), "{text} from {start}");
                }
                start += token.len();
            }
        }
    }
}
