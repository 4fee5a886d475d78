//! Texts before and after, as people would expect them.

use super::*;

fn text(words: &str) -> Option<New> {
    Some(New::Text(words.to_owned()))
}

fn key(key: &str, new: Option<New>) -> (String, Option<New>) {
    (key.to_owned(), new)
}

fn row(from: impl Into<Option<usize>>, changes: Changes) -> Row {
    Row {
        from: from.into(),
        changes,
    }
}

fn rows(list: &str, rows: Vec<Row>) -> Changes {
    vec![key(list, Some(New::Tables(rows)))]
}

#[track_caller]
fn becomes(before: &str, changes: &Changes, after: &str) {
    assert_eq!(amended(before, changes).as_deref(), Ok(after), "{before}");
    // The same holds where lines end in the other way.
    let windows = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(
        amended(&windows(before), changes),
        Ok(windows(after)),
        "{before}"
    );
}

#[test]
fn a_value_changes_where_it_stands_in_the_quotes_it_had() {
    for (before, after) in [
        (
            "# først\na   = 'ja' # c\nb=2\n",
            "# først\na   = 'nej' # c\nb=2\n",
        ),
        ("a = \"ja\"", "a = \"nej\""),
        ("a = '''\nja\n'''\n", "a = '''\nnej\n'''\n"),
        ("a = '''  ja'''\n", "a = '''  nej'''\n"),
        ("a = \"\"\"ja\"\"\"\n", "a = \"\"\"nej\"\"\"\n"),
    ] {
        becomes(before, &vec![key("a", text("nej"))], after);
    }
    becomes("a = 'x'\n", &vec![key("a", text("it's"))], "a = \"it's\"\n");
    becomes(
        "a = '''\n\n'''\n",
        &vec![key("a", text("en\nto"))],
        "a = '''\nen\nto\n'''\n",
    );
    becomes(
        "a = 'x'\n",
        &vec![key("a", text("en\nto"))],
        "a = '''\nen\nto\n'''\n",
    );
    becomes(
        "a = '''\nx\n'''\n",
        &vec![key("a", text("a ''' b\nc"))],
        "a = \"\"\"\na ''' b\nc\n\"\"\"\n",
    );
}

#[test]
fn what_says_the_same_is_not_touched() {
    for same in [
        "a = \"\\u0061b\"\n",
        "a = '''\n\nab\n\n'''\n",
        "a = 'ab'\r\nb = 1\n",
        "a = '''\r\nab\r\n'''",
    ] {
        assert_eq!(
            amended(same, &vec![key("a", text("ab"))]).as_deref(),
            Ok(same)
        );
    }
    let list = New::List(vec![New::Text("x".into()), New::Text("y".into())]);
    let same = "a = [ \"x\", # først\n  'y', ]\n";
    assert_eq!(
        amended(same, &vec![key("a", Some(list))]).as_deref(),
        Ok(same)
    );
}

#[test]
fn a_key_comes_behind_the_tables_own_and_goes_with_its_line() {
    becomes(
        "a = 1\n\n[[b]]\nc = 1\n",
        &vec![key("d", text("x"))],
        "a = 1\nd = \"x\"\n\n[[b]]\nc = 1\n",
    );
    becomes(
        "# om filen\n\n[[b]]\nc = 1\n",
        &vec![key("d", text("x"))],
        "# om filen\n\nd = \"x\"\n\n[[b]]\nc = 1\n",
    );
    assert_eq!(
        amended("", &vec![key("d", text("x"))]).as_deref(),
        Ok("d = \"x\"\n")
    );
    becomes(
        "a = 1 # husk\nb = 2\n",
        &vec![key("a", None)],
        "# husk\nb = 2\n",
    );
    becomes(
        "b = { c = 1, d = 2 }\n",
        &vec![key(
            "b",
            Some(New::Table(vec![
                key("c", None),
                key("e", Some(New::Yes(true))),
            ])),
        )],
        "b = { d = 2, e = true }\n",
    );
}

const RULES: &str = "a = 1\n\n# den første\n[[r]]\nt = 'en'\n\n[[r]]\nt = 'to' # vigtig\n\n[[r.s]]\nu = 1\n\n\
                     # om den sidste\n[[r]]\nt = 'tre'\n";

#[test]
fn rows_move_with_their_comments_and_all_in_them() {
    becomes(
        RULES,
        &rows("r", vec![row(1, vec![]), row(0, vec![]), row(2, vec![])]),
        "a = 1\n\n[[r]]\nt = 'to' # vigtig\n\n[[r.s]]\nu = 1\n\n# den første\n[[r]]\nt = 'en'\n\n\
         # om den sidste\n[[r]]\nt = 'tre'\n",
    );
    becomes(
        RULES,
        &rows("r", vec![row(2, vec![]), row(0, vec![])]),
        "a = 1\n\n# om den sidste\n[[r]]\nt = 'tre'\n\n# den første\n[[r]]\nt = 'en'\n\n",
    );
    becomes(RULES, &rows("r", vec![]), "a = 1\n\n");
}

#[test]
fn a_new_row_stands_where_it_was_put() {
    let new = || vec![key("t", text("ny"))];
    let all = |at: usize| {
        let mut all = vec![row(0, vec![]), row(1, vec![]), row(2, vec![])];
        all.insert(at, row(None, new()));
        rows("r", all)
    };
    becomes(RULES, &all(3), &format!("{RULES}\n[[r]]\nt = \"ny\"\n"));
    becomes(
        RULES,
        &all(1),
        &RULES.replace("'en'\n\n", "'en'\n\n[[r]]\nt = \"ny\"\n\n"),
    );
    let added = amended("a = 1", &rows("r", vec![row(None, new())]));
    assert_eq!(added.as_deref(), Ok("a = 1\n\n[[r]]\nt = \"ny\"\n"));
}

#[test]
fn rows_in_rows_are_named_by_the_whole_way() {
    let step = row(None, vec![key("u", Some(New::Number(2)))]);
    let inner = rows("s", vec![row(0, vec![]), step]);
    let outer = rows("r", vec![row(0, vec![]), row(1, inner), row(2, vec![])]);
    becomes(
        RULES,
        &outer,
        &RULES.replace("u = 1\n\n", "u = 1\n\n[[r.s]]\nu = 2\n\n"),
    );
}

#[test]
fn lists_keep_what_stays_in_them() {
    let list = |words: &[&str]| {
        let words = words.iter().map(|word| New::Text((*word).to_owned()));
        vec![key("a", Some(New::List(words.collect())))]
    };
    let lines = "a = [\n  'x', # om x\n  'y',\n  'z',\n]\n";
    becomes(
        lines,
        &list(&["x", "ny", "z"]),
        "a = [\n  'x', # om x\n  'ny',\n  'z',\n]\n",
    );
    becomes(
        "a = ['x', 'y']\n",
        &list(&["x", "y", "z"]),
        "a = ['x', 'y', \"z\"]\n",
    );
    becomes("a = ['x', 'y']\n", &list(&["y"]), "a = ['y']\n");
    becomes("a = ['x', 'y']\n", &list(&["x"]), "a = ['x']\n");
    becomes("a = 'x'\n", &list(&["x", "y"]), "a = [\"x\", \"y\"]\n");
    becomes("a = []\n", &list(&["x"]), "a = [\"x\"]\n");
}

#[test]
fn inline_rows_stay_on_their_line() {
    let inline = "r = [{ t = 'en' }, { t = 'to', u = 1 }]\n";
    becomes(
        inline,
        &rows(
            "r",
            vec![
                row(1, vec![key("t", text("2"))]),
                row(None, vec![key("t", text("3"))]),
            ],
        ),
        "r = [{ t = '2', u = 1 }, { t = \"3\" }]\n",
    );
    becomes(
        inline,
        &rows("r", vec![row(0, vec![key("t", text("1"))]), row(1, vec![])]),
        "r = [{ t = '1' }, { t = 'to', u = 1 }]\n",
    );
}

#[test]
fn a_table_comes_changes_and_goes() {
    let changes = |new| vec![key("u", new)];
    let table = |words: &str| Some(New::Table(vec![key("s", text(words))]));
    becomes(
        "a = 1\n",
        &changes(table("her")),
        "a = 1\n\n[u]\ns = \"her\"\n",
    );
    becomes(
        "a = 1\n\n[u] # x\ns = 'her'\n",
        &changes(table("der")),
        "a = 1\n\n[u] # x\ns = 'der'\n",
    );
    becomes(
        "a = 1\n\n[u]\ns = 'her'\n[u.v]\nx = 1\n\n[w]\n",
        &changes(None),
        "a = 1\n\n[w]\n",
    );
}

#[test]
fn what_cannot_take_a_change_is_left_alone() {
    assert_eq!(amended("a = ", &vec![]), Err(NoRoom));
    assert_eq!(
        amended(
            "[a.b]\nc = 1\n",
            &vec![key("a", Some(New::Table(vec![key("d", text("x"))])))]
        ),
        Err(NoRoom)
    );
    assert_eq!(
        amended("[[r]]\n", &rows("r", vec![row(3, vec![])])),
        Err(NoRoom)
    );
}
