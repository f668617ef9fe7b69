//! `tomtat serve`: answers of the command, limits with clear errors, an end without loss.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::run::{ok, run_with, tomtat};

const BODY: &str = "Chợ nổi Vàm Sông họp sớm hơn\n\nTừ ngày 15/4, chợ nổi Vàm Sông họp từ 4 giờ \
    đến 8 giờ sáng. Nắng nóng khiến rau quả trên ghe hỏng nhanh. Huyện lắp 60 cột đèn dọc bờ kênh.";

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let mut child = tomtat()
            .args(["serve", "--port", "0"])
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut errors = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut line = String::new();
        errors.read_line(&mut line).expect("a line");
        // What it says later must not fill the pipe.
        thread::spawn(move || errors.read_to_end(&mut Vec::new()));
        let address = line.trim().rsplit("http://").next().expect("an address").to_owned();
        Self { child, address }
    }

    fn open(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
        stream
    }

    /// Sends a request; gives its status, its headers and its body.
    fn ask(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> (u16, String, String) {
        let mut stream = self.open();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: {kind}\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).expect("a head");
        // A server that refuses the head need not read the body.
        let _ = stream.write_all(body);
        answer(stream)
    }

    fn post(&self, path: &str, record: &Value) -> (u16, String) {
        let body = record.to_string();
        let (status, _, text) = self.ask("POST", path, "application/json", body.as_bytes());
        (status, text)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads an answer to its end; chunks are put together.
fn answer(mut stream: TcpStream) -> (u16, String, String) {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8(bytes).expect("UTF-8");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
    let mut whole = String::new();
    if head.to_lowercase().contains("transfer-encoding: chunked") {
        let mut rest = body;
        while let Some((size, after)) = rest.split_once("\r\n") {
            let size = usize::from_str_radix(size, 16).expect("a size");
            whole += &after[..size];
            rest = after[size..].trim_start_matches("\r\n");
        }
    } else {
        body.clone_into(&mut whole);
    }
    (status, head.to_lowercase(), whole)
}

fn lines(records: &[Value]) -> String {
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    lines.join("\n") + "\n"
}

#[test]
fn answers_are_the_lines_of_the_command() {
    let server = Server::start(&[]);
    let record = json!({ "id": "a", "title": "Chợ nổi", "body": BODY });
    let input = lines(std::slice::from_ref(&record));
    for (path, options, command) in [
        ("/v1/summarize", json!({}), vec!["summarize"]),
        (
            "/v1/summarize",
            json!({ "sentences": 1, "method": "lexrank", "explain": true }),
            vec!["summarize", "-n", "1", "-m", "lexrank", "--explain"],
        ),
        (
            "/v1/extract",
            json!({ "keep": ["title", "body"] }),
            vec!["extract", "--keep", "title,body"],
        ),
        ("/v1/keywords", json!({ "top": 3 }), vec!["keywords", "--top", "3"]),
    ] {
        let mut asked = record.clone();
        asked["options"] = options;
        let (status, text) = server.post(path, &asked);
        let mut arguments = command.clone();
        arguments.extend(["--input", "jsonl", "-f", "jsonl", "-"]);
        assert_eq!((status, text), (200, ok(&run_with(&arguments, &input))), "{path}");
    }
    let multi =
        json!({ "id": "m", "documents": [record, { "body": "Huyện lắp đèn. Chợ họp sớm." }] });
    let (status, text) = server.post("/v1/multi", &multi);
    let arguments = ["summarize", "--multi", "--input", "jsonl", "-f", "jsonl", "-"];
    assert_eq!((status, text), (200, ok(&run_with(&arguments, lines(&[multi])))));
    let (status, text) = server.post("/v1/tokenize", &json!({ "id": "-", "body": BODY }));
    let own = ok(&run_with(&["tokenize", "-f", "jsonl", "-"], BODY));
    assert_eq!((status, text), (200, own));
}

#[test]
fn plain_text_and_options_in_the_query_string() {
    let server = Server::start(&[]);
    let (status, head, text) = server.ask(
        "POST",
        "/v1/summarize?sentences=1",
        "text/plain; charset=utf-8",
        BODY.as_bytes(),
    );
    let found: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((status, found["sentences"].as_array().map(Vec::len)), (200, Some(1)), "{text}");
    assert!(head.contains("x-content-type-options: nosniff"), "{head}");
}

#[test]
fn many_records_come_back_in_order_and_a_bad_one_ends_nothing() {
    let server = Server::start(&["--threads", "2"]);
    let mut records: Vec<Value> =
        (0..300).map(|i| json!({ "id": i.to_string(), "body": BODY })).collect();
    let native = run_with(&["summarize", "--input", "jsonl", "-f", "jsonl", "-"], lines(&records));
    let (status, _, text) =
        server.ask("POST", "/v1/summarize", "application/x-ndjson", lines(&records).as_bytes());
    assert_eq!((status, text), (200, ok(&native)));
    records[1] = json!({ "id": "x" });
    let body = lines(&records[..3]) + "{";
    let (_, _, text) = server.ask("POST", "/v1/summarize", "application/x-ndjson", body.as_bytes());
    let found: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let codes: Vec<&Value> = found.iter().map(|line| &line["code"]).collect();
    assert_eq!(codes, [&Value::Null, &json!("bad-request"), &Value::Null, &json!("bad-request")]);
    assert_eq!(found[1]["place"], "-:2");
}

/// Options at the edges of what the description allows, and just beyond.
#[test]
fn the_description_allows_what_the_server_takes() {
    let server = Server::start(&[]);
    let (_, _, text) = server.ask("GET", "/openapi.json", "text/plain", b"");
    let description: Value = serde_json::from_str(&text).expect("JSON");
    let mut tried = 0;
    for (path, record) in [
        ("/v1/summarize", json!({ "body": BODY })),
        ("/v1/keywords", json!({ "body": BODY })),
        ("/v1/multi", json!({ "documents": [{ "body": BODY }] })),
        ("/v1/rouge", json!({ "prediction": BODY, "references": BODY })),
    ] {
        let content = &description["paths"][path]["post"]["requestBody"]["content"];
        let options = &content["application/json"]["schema"]["properties"]["options"];
        let sets = options["anyOf"].as_array().expect("sets of options");
        let options = sets.iter().flat_map(|set| {
            let properties = set["properties"].as_object().into_iter().flatten();
            properties.map(|(name, schema)| (&set["required"], name, schema))
        });
        for (required, name, schema) in options {
            for (value, is_taken) in edges(schema) {
                let mut asked = record.clone();
                let needed = required.as_array().into_iter().flatten().filter_map(Value::as_str);
                for other in needed {
                    asked["options"][other] = "thư viện".into();
                }
                asked["options"][name] = value.clone();
                let (status, answer) = server.post(path, &asked);
                assert_eq!(status == 200, is_taken, "{path} {name} {value}: {answer}");
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn switches_that_need_another_option_say_so() {
    let server = Server::start(&[]);
    for (options, told) in [
        (json!({ "loose": true }), "--query"),
        (json!({ "trim": true, "method": "lexrank" }), "--trim"),
        (json!({ "trim": true, "sapo": true }), "--trim"),
    ] {
        let (status, answer) =
            server.post("/v1/summarize", &json!({ "body": BODY, "options": options }));
        assert_eq!(status, 400, "{options}");
        assert!(answer.contains(told), "{answer}");
    }
    let options = json!({ "loose": true, "query": "thu vien", "trim": true, "method": "trained" });
    let (status, answer) =
        server.post("/v1/summarize", &json!({ "body": BODY, "options": options }));
    assert_eq!(status, 200, "{answer}");
}

/// Values at the edges of a schema, and whether they are in it.
fn edges(schema: &Value) -> Vec<(Value, bool)> {
    let mut found = vec![(json!({}), false), (Value::Null, false)];
    if let Some(only) = schema.get("const") {
        found.push((only.clone(), true));
    } else if schema["type"] == "boolean" {
        found.extend([(json!(true), true), (json!(false), true), (json!("yes"), false)]);
    }
    for name in schema["enum"].as_array().into_iter().flatten() {
        found.extend([(name.clone(), true), (json!(format!("{name}?")), false)]);
    }
    for (key, inside, beyond) in
        [("minimum", 0.0, -1.0), ("maximum", 0.0, 1.0), ("exclusiveMinimum", 0.25, 0.0)]
    {
        let Some(edge) = schema[key].as_f64() else { continue };
        found.extend([(json!(edge + inside), true), (json!(edge + beyond), false)]);
    }
    found
}

#[test]
fn options_of_a_record_take_the_place_of_those_of_the_request() {
    let server = Server::start(&[]);
    let ask = |query: &str, options: Value| {
        let record = json!({ "body": BODY, "options": options }).to_string();
        let (status, _, text) = server.ask("POST", query, "application/json", record.as_bytes());
        assert_eq!(status, 200, "{text}");
        let found: Value = serde_json::from_str(&text).expect("JSON");
        found["length"]["unit"].clone()
    };
    assert_eq!(ask("/v1/summarize?sentences=1", json!({})), "sentences");
    assert_eq!(ask("/v1/summarize?sentences=1", json!({ "words": 30 })), "words");
    // What cannot be used is an error of the request, also where no record asks for it.
    let (status, _, _) =
        server.ask("POST", "/v1/summarize?mmr=2", "application/x-ndjson", b"{\"body\":\"a\"}\n");
    assert_eq!(status, 400);
}

/// A client that reads nothing is cut off, and its answer does not pass for a whole one.
#[test]
fn clients_that_take_nothing_are_cut_off() {
    let server = Server::start(&["--timeout", "1"]);
    let mut idle = server.open();
    let line = lines(&[json!({ "body": BODY.repeat(20) })]);
    idle.write_all(
        b"POST /v1/tokenize HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-ndjson\r\n\
          transfer-encoding: chunked\r\n\r\n",
    )
    .expect("a head");
    let sent = (0..20_000).try_for_each(|_| write!(idle, "{:x}\r\n{line}\r\n", line.len()));
    assert!(sent.is_err(), "the server took all and was never read");
    let (_, _, metrics) = server.ask("GET", "/metrics", "text/plain", b"");
    assert!(metrics.contains("tomtat_connections 1\n"), "{metrics}");
}

#[test]
fn rouge_of_a_pair() {
    let server = Server::start(&[]);
    let pair = json!({ "prediction": "Mưa lớn ở Huế.", "references": "Mưa lớn ở Huế." });
    let (status, text) = server.post("/v1/rouge", &pair);
    let found: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((status, &found["scores"]["rouge1"]["f"]), (200, &json!(1.0)), "{text}");
    assert!(found["signature"].is_string());
}

#[test]
fn errors_say_what_was_found() {
    let server = Server::start(&["--max-body", "2000"]);
    let long = vec![b'a'; 3000];
    for (method, path, kind, body, status, part) in [
        ("POST", "/v1/summarize", "application/json", b"{".as_slice(), 400, "not valid JSON"),
        ("POST", "/v1/summarize", "application/json", b"{}", 400, "no field `body`"),
        (
            "POST",
            "/v1/multi",
            "application/json",
            br#"{"documents":{}}"#,
            400,
            "no list `documents`",
        ),
        ("POST", "/v1/summarize?nope=1", "text/plain", b"a", 400, "no option `nope`"),
        ("POST", "/v1/summarize?seen=/etc/passwd", "text/plain", b"a", 400, "no option `seen`"),
        ("POST", "/v1/summarize?sentences=0", "text/plain", b"a", 400, "0"),
        ("POST", "/v1/summarize", "application/json", br#"{"body":"a","n":1}"#, 400, "options"),
        ("POST", "/v1/summarize", "text/plain", b"\xff", 400, "UTF-8"),
        ("POST", "/v1/summarize", "text/plain", &long, 413, "longer than 2000 bytes"),
        ("POST", "/v1/summarize", "image/png", b"a", 415, "image/png"),
        ("POST", "/v1/rouge", "text/plain", b"a", 415, "plain text"),
        ("GET", "/v1/summarize", "text/plain", b"", 405, "POST"),
        ("GET", "/nope", "text/plain", b"", 404, "openapi"),
        ("DELETE", "/healthz", "text/plain", b"", 405, "GET, HEAD"),
    ] {
        let (found, head, text) = server.ask(method, path, kind, body);
        assert_eq!(found, status, "{method} {path}: {text}");
        let allowed = format!("allow: {}\r\n", part.to_lowercase());
        assert_eq!(head.contains(&allowed), status == 405, "{head}");
        let error: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(error["schema"], "tomtat.error/1");
        assert!(text.contains(part), "{path}: {text}");
    }
    let (_, _, metrics) = server.ask("GET", "/metrics", "text/plain", b"");
    assert!(metrics.contains("tomtat_requests_total{path=\"/v1/summarize\",status=\"413\"} 1"));
    assert!(!metrics.contains("passwd"));
}

#[test]
fn slow_bodies_and_crowds_are_turned_away() {
    let server = Server::start(&["--timeout", "1", "--threads", "1", "--max-waiting", "0"]);
    let mut slow = server.open();
    slow.write_all(
        b"POST /v1/summarize HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\n\
          connection: close\r\ncontent-length: 9\r\n\r\na",
    )
    .expect("a beginning");
    assert_eq!(answer(slow).0, 408);
    let body = format!("{BODY}\n\n").repeat(2000);
    let answers: Vec<(u16, String, String)> = thread::scope(|scope| {
        let asked: Vec<_> = (0..12)
            .map(|_| {
                scope.spawn(|| server.ask("POST", "/v1/summarize", "text/plain", body.as_bytes()))
            })
            .collect();
        asked.into_iter().map(|asked| asked.join().expect("an answer")).collect()
    });
    assert!(answers.iter().any(|(status, ..)| *status == 200));
    let turned = answers.iter().find(|(status, ..)| *status == 429).expect("one turned away");
    assert!(turned.1.contains("retry-after: "), "{}", turned.1);
}

#[test]
fn the_description_names_every_path_and_no_option_that_reads_a_file() {
    let server = Server::start(&[]);
    let (status, _, text) = server.ask("GET", "/openapi.json", "text/plain", b"");
    let found: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((status, &found["openapi"]), (200, &json!("3.1.0")));
    for name in ["summarize", "extract", "tokenize", "keywords", "rouge", "multi"] {
        assert!(found["paths"][format!("/v1/{name}")]["post"].is_object(), "{name}");
    }
    for name in ["seen", "ranker", "model", "segmenter", "dict", "lexicon", "stop-words"] {
        assert!(!text.contains(&format!("\"{name}\"")), "{name}");
    }
    assert_eq!(server.ask("GET", "/healthz", "text/plain", b"").2, "ok\n");
}

#[cfg(unix)]
#[test]
fn what_was_begun_is_answered_when_the_server_is_told_to_stop() {
    let mut server = Server::start(&[]);
    let mut begun = server.open();
    let head = format!(
        "POST /v1/summarize HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: {}\r\n\r\n",
        BODY.len()
    );
    begun.write_all(head.as_bytes()).expect("a head");
    thread::sleep(Duration::from_millis(300));
    let id = server.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
    thread::sleep(Duration::from_millis(300));
    begun.write_all(BODY.as_bytes()).expect("the body");
    let (status, _, text) = answer(begun);
    assert_eq!(status, 200, "{text}");
    assert_eq!(server.child.wait().expect("an end").code(), Some(0));
}
