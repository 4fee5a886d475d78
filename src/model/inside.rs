//! A path that an author writes for a folder inside a repository, the same on every system.

use serde_json::{Value, json};

use super::kind::Told;
use super::takes::{Seen, line};

/// A folder of a repository.
#[derive(Clone, Copy, Debug)]
pub(super) struct FolderPath;

impl Told for FolderPath {
    fn noun(&self) -> String {
        line(Seen::Not).noun()
    }

    fn schema(&self) -> Value {
        // A part that is a name, neither `.` nor `..`; between parts, and before them, `.` says nothing.
        let name = r"([^./\\: \t\n\r][^/\\:]*|\.[^./\\: \t\n\r][^/\\:]*|\.\.[^/\\:]*[^/\\: \t\n\r][^/\\:]*)";
        let blank = r"[ \t\n\r]*";
        let path = format!(r"^{blank}(\.[/\\]+)*{name}([/\\]+({name}|\.))*[/\\]*{blank}$");
        json!({
            "type": "string",
            "anyOf": [{ "pattern": r"^[ \t\n\r]*$" }, { "pattern": path }],
            "not": { "pattern": r"(^|[/\\ \t\n\r])\.[gG][iI][tT]($|[/\\ \t\n\r])" },
        })
    }
}

/// A relative path inside the repository, without `.` and with `/`; `None` for any other.
pub(super) fn inside(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    if path.starts_with('/') || path.contains(':') {
        return None;
    }
    let parts: Vec<&str> = path
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    (!parts.is_empty() && !parts.contains(&"..")).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_stay_inside_the_repository() {
        assert_eq!(inside("./a\\b/").as_deref(), Some("a/b"));
        for outside in ["../a", "/a", "C:\\a", "a/../../b", "", "."] {
            assert_eq!(inside(outside), None, "{outside}");
        }
    }
}
