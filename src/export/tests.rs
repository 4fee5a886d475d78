//! Tests of searching, installing and running typst: with shell scripts in its place, and with a real
//! typst where there is one.

use super::*;

const LIMIT: Duration = Duration::from_secs(60);

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

fn job(files: &[(&str, &str)]) -> PdfJob<'static> {
    let files = files.iter();
    PdfJob {
        name: "kaervang".to_owned(),
        main: MAIN_FILE,
        files: files
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec().into()))
            .collect(),
        created: 1_770_076_800,
        keep: None,
    }
}

#[test]
fn a_version_is_read_from_what_typst_prints() {
    let version = |major, minor, patch| {
        Some(Version {
            major,
            minor,
            patch,
        })
    };
    assert_eq!(
        Version::from_typst("typst 0.15.1 (a1b2c3d4)\n"),
        version(0, 15, 1)
    );
    assert_eq!(Version::from_typst("typst 1.20.300"), version(1, 20, 300));
    assert_eq!(Version::from_typst("typst 0.15.0-rc.1"), version(0, 15, 0));
    assert_eq!(Version::from_typst("typst 0.15"), None);
    assert_eq!(Version::from_typst("typst 0.15.1.2"), None);
    assert_eq!(Version::from_typst("typst zero.15.1"), None);
    assert_eq!(Version::from_typst("git version 2.45.0"), None);
    assert_eq!(Version::from_typst(""), None);
}

#[test]
fn without_any_typst_the_message_says_how_to_get_it_on_every_system() {
    let problem = find(&TypstSearch::default()).expect_err("there is nowhere to look");
    assert!(matches!(problem, TypstProblem::Missing));
    let text = problem.to_string();
    assert!(text.starts_with("Programmet typst findes ikke på denne maskine"));
    for way in [
        "winget install --id Typst.Typst",
        "brew install typst",
        "cargo install typst-cli --version 0.15.1 --locked",
        "rusprot build --install-typst",
        "RUSPROT_TYPST",
    ] {
        assert!(text.contains(way), "{way} is missing in {text}");
    }
}

#[test]
fn a_named_program_that_is_not_there_is_not_replaced_by_another() {
    let problem = find(&TypstSearch {
        explicit: Some("/nowhere/typst".into()),
        path: std::env::var_os("PATH"),
        cache: None,
    });
    assert!(
        matches!(&problem, Err(TypstProblem::ExplicitMissing { path }) if path == Path::new("/nowhere/typst"))
    );
}

#[test]
fn no_path_of_a_job_leads_out_of_its_folder() {
    for path in ["protokol.typ", "billeder/plan 1.png", "a/b/ø.json"] {
        assert!(stays_inside(path), "{path}");
    }
    for path in ["", "/etc/x", "../x", "a/../../x", "./x", "a\\b", ".."] {
        assert!(!stays_inside(path), "{path}");
    }
}

#[test]
fn a_job_with_a_path_outside_writes_nothing_and_names_it() {
    let keep = folder();
    let mut job = job(&[("protokol.typ", ""), ("../ude.txt", "x")]);
    job.keep = Some(keep.path().to_owned());
    let Err(error) = Staged::write(&job) else {
        panic!("the path is outside");
    };
    assert_eq!(
        error.to_string(),
        "kaervang: PDF'en er ikke lavet, fordi »../ude.txt« ligger uden for dokumentets mappe"
    );
    assert!(!keep.path().join("ude.txt").exists());
    assert!(!keep.path().join("kaervang").exists());
}

#[test]
fn the_font_folder_has_every_face_and_goes_away() {
    let fonts = FontFolder::stage().expect("the fonts can be written");
    let path = fonts.path().to_owned();
    let mut names: Vec<_> = fs::read_dir(&path)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "NotoSans-Bold.ttf",
            "NotoSans-BoldItalic.ttf",
            "NotoSans-Italic.ttf",
            "NotoSans-Regular.ttf",
            "NotoSansArabic-Bold.ttf",
            "NotoSansArabic-Regular.ttf",
            "NotoSansEthiopic-Bold.ttf",
            "NotoSansEthiopic-Regular.ttf",
            "NotoSansTamil-Bold.ttf",
            "NotoSansTamil-Regular.ttf"
        ]
    );
    drop(fonts);
    assert!(!path.exists());
}

/// Shell scripts in the place of typst and cargo.
#[cfg(unix)]
mod with_scripts {
    use super::*;
    use std::sync::Mutex;

    /// Writes a runnable script.
    fn script(path: &Path, text: &str) {
        let parent = path.parent().expect("the path has a folder");
        fs::create_dir_all(parent).expect("the folder can be made");
        fs::write(path, format!("#!/bin/sh\n{text}\n")).expect("the script can be written");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(path, mode).expect("the owner may set the mode");
    }

    fn fake(folder: &TempDir, text: &str) -> Typst {
        let program = folder.path().join("typst");
        script(&program, text);
        Typst {
            program,
            version: Version {
                major: 0,
                minor: 15,
                patch: 1,
            },
        }
    }

    fn export_with(
        script: &str,
        job: &PdfJob<'_>,
        limit: Duration,
    ) -> Result<Exported, ExportError> {
        let folder = folder();
        let fonts = FontFolder::stage().expect("the fonts can be written");
        export(&fake(&folder, script), &fonts, job, limit)
    }

    /// The message of a job that a script in the place of typst does not finish.
    fn failure(script: &str, limit: Duration) -> String {
        export_with(script, &job(&[("protokol.typ", "")]), limit)
            .expect_err("the script makes no PDF")
            .to_string()
    }

    fn search_path(folders: &[&Path]) -> Option<OsString> {
        Some(std::env::join_paths(folders).expect("no colon in a temporary folder"))
    }

    #[test]
    fn the_named_program_comes_before_path_and_path_before_the_cache() {
        let folder = folder();
        let named = folder.path().join("my typst");
        let on_path = folder.path().join("bin/typst");
        let cached = folder.path().join("cache/rusprot/typst-0.15.1/bin/typst");
        for (program, patch) in [(&named, 7), (&on_path, 8), (&cached, 1)] {
            script(program, &format!("echo 'typst 0.15.{patch} (abc)'"));
        }
        let mut search = TypstSearch {
            explicit: Some(named.clone()),
            path: search_path(&[Path::new("relative"), &folder.path().join("bin")]),
            cache: Some(folder.path().join("cache")),
        };
        let found = |search: &TypstSearch| find(search).expect("a typst fits");
        assert_eq!(found(&search).program, named);
        assert_eq!(found(&search).version.patch, 7);
        search.explicit = Some(PathBuf::new());
        assert_eq!(found(&search).program, on_path);
        search.path = None;
        assert_eq!(found(&search).program, cached);
    }

    #[test]
    fn an_old_typst_on_path_is_passed_over_for_the_installed_one_and_reported_without_it() {
        let folder = folder();
        script(&folder.path().join("typst"), "echo 'typst 0.12.0 (abc)'");
        let cached = folder.path().join("cache/rusprot/typst-0.15.1/bin/typst");
        let search = TypstSearch {
            explicit: None,
            path: search_path(&[folder.path()]),
            cache: Some(folder.path().join("cache")),
        };
        let problem = find(&search).expect_err("the only typst is too old");
        assert!(matches!(problem, TypstProblem::TooOld { .. }));
        assert!(
            problem
                .reason()
                .contains("er version 0.12.0, og den er for gammel")
        );
        script(&cached, "echo 'typst 0.15.1 (abc)'");
        assert_eq!(
            find(&search).expect("the installed one fits").program,
            cached
        );
    }

    #[test]
    fn a_program_that_is_too_new_fails_or_is_another_is_refused_with_the_reason() {
        let folder = folder();
        let program = folder.path().join("typst");
        let problem = |text: &str| {
            script(&program, text);
            find(&TypstSearch {
                explicit: Some(program.clone()),
                ..TypstSearch::default()
            })
            .expect_err("the program does not fit")
        };
        let too_new = problem("echo 'typst 0.16.0 (abc)'");
        assert!(matches!(too_new, TypstProblem::TooNew { .. }));
        let failing = problem("echo itu >&2; exit 5");
        assert!(matches!(failing, TypstProblem::NoAnswer { .. }));
        assert!(failing.reason().contains("sluttede med kode 5"));
        let other = problem("echo 'hello, world'; echo more");
        assert!(other.reason().contains("svarer »hello, world«"));
    }

    #[test]
    fn typst_gets_exactly_the_files_and_the_arguments_of_the_contract() {
        let keep = folder();
        let mut job = job(&[("protokol.typ", "#hej"), ("billeder/a.png", "png")]);
        job.keep = Some(keep.path().to_owned());
        let script = "printf '%s\\n' \"$@\" > args; env > env; pwd -P > cwd
            for last; do :; done; printf '%%PDF-1.7' > \"$last\"";
        let exported = export_with(script, &job, LIMIT).expect("the script makes a PDF");
        assert_eq!(exported.pdf, b"%PDF-1.7");
        assert!(exported.warnings.is_empty());
        let root = keep.path().join("kaervang");
        let root = root.canonicalize().expect("the folder is kept");
        let read = |name: &str| fs::read_to_string(root.join(name)).expect("the file is kept");
        assert_eq!(read("protokol.typ"), "#hej");
        assert_eq!(read("billeder/a.png"), "png");
        assert_eq!(read("cwd").trim_end(), root.to_string_lossy());
        let args = read("args");
        let args: Vec<&str> = args.lines().collect();
        let root = root.to_string_lossy();
        assert_eq!(
            args[..4],
            ["compile", "--root", root.as_ref(), "--ignore-system-fonts"]
        );
        let rest = args[10..].join(" ");
        assert_eq!(
            rest,
            format!(
                "--pdf-standard ua-1,a-2a --creation-timestamp=1770076800 --diagnostic-format short --jobs 1 {root}/protokol.typ {root}/out.pdf"
            )
        );
        let env = read("env");
        assert!(!env.contains("TYPST_") && !env.contains("SOURCE_DATE_EPOCH"));
        assert!(env.contains("https_proxy=http://127.0.0.1:9"));
    }

    #[test]
    fn the_words_of_a_failing_typst_are_shown_without_the_folder() {
        let text = failure(
            "echo \"protokol.typ:3:2: error: file not found (searched at $PWD/data.json)\" >&2; echo >&2; exit 1",
            LIMIT,
        );
        assert_eq!(
            text,
            "kaervang: PDF'en er ikke lavet, fordi typst meldte en fejl:\n  protokol.typ:3:2: error: file not found (searched at data.json)"
        );
        assert_eq!(
            failure("exit 2", LIMIT),
            "kaervang: PDF'en er ikke lavet, fordi typst meldte en fejl:\n  typst sluttede med kode 2 og sagde ikke hvorfor"
        );
    }

    #[test]
    fn a_hanging_typst_is_stopped_and_the_limit_named() {
        assert_eq!(
            failure("sleep 600", Duration::from_millis(250)),
            "kaervang: PDF'en er ikke lavet, fordi typst ikke blev færdig på 0.25 s. typst er stoppet"
        );
    }

    #[test]
    fn success_without_a_pdf_is_an_error() {
        let expected = "kaervang: typst meldte ingen fejl, men lavede heller ingen PDF";
        assert_eq!(failure("exit 0", LIMIT), expected);
        let not_a_pdf = "for last; do :; done; echo nej > \"$last\"";
        assert_eq!(failure(not_a_pdf, LIMIT), expected);
    }

    #[test]
    fn a_typst_that_vanished_is_told_as_such() {
        let fonts = FontFolder::stage().expect("the fonts can be written");
        let mut typst = fake(&folder(), "exit 0");
        typst.program = "/nowhere/typst".into();
        let error = export(&typst, &fonts, &job(&[("protokol.typ", "")]), LIMIT);
        assert!(matches!(
            error,
            Err(ExportError::Process {
                error: ProcessError::NotFound { .. },
                ..
            })
        ));
    }

    #[test]
    fn a_kept_folder_never_gives_the_pdf_of_a_former_run() {
        let keep = folder();
        let mut job = job(&[("protokol.typ", "")]);
        job.keep = Some(keep.path().to_owned());
        fs::create_dir(keep.path().join("kaervang")).expect("the folder can be made");
        let old = keep.path().join("kaervang/out.pdf");
        fs::write(&old, "%PDF old").expect("the file can be written");
        let result = export_with("exit 0", &job, LIMIT);
        assert!(matches!(result, Err(ExportError::NoPdf { .. })));
    }

    #[test]
    fn many_jobs_come_back_in_order_with_their_failures_and_warnings() {
        let folder = folder();
        let script = "read n < nummer; test $n = 3 && { echo galt >&2; exit 1; }
            echo \"protokol.typ:1:1: warning: nummer $n\" >&2
            for last; do :; done; printf '%%PDF %s' $n > \"$last\"";
        let typst = fake(&folder, script);
        let fonts = FontFolder::stage().expect("the fonts can be written");
        let jobs: Vec<_> = (0..9)
            .map(|n| job(&[("protokol.typ", ""), ("nummer", &format!("{n}\n"))]))
            .collect();
        for threads in [0, 1, 4, 100] {
            let done = Mutex::new(Vec::new());
            let on_done = |index| done.lock().expect("no test panics inside").push(index);
            let results = export_all(&typst, &fonts, &jobs, threads, LIMIT, &on_done);
            assert_eq!(results.len(), 9);
            for (n, result) in results.iter().enumerate() {
                match result {
                    Ok(exported) => {
                        assert_eq!(exported.pdf, format!("%PDF {n}").as_bytes());
                        assert_eq!(
                            exported.warnings,
                            [format!("protokol.typ:1:1: warning: nummer {n}")]
                        );
                    }
                    Err(error) => assert!(n == 3, "{n}: {error}"),
                }
            }
            let mut done = done.into_inner().expect("no test panics inside");
            done.sort_unstable();
            assert_eq!(done, (0..9).collect::<Vec<_>>());
        }
    }

    /// A cargo that notes its call in `calls`, prints two lines and puts a typst of the right version in place.
    const CARGO: &str = "echo \"$@\" >> ../calls
        echo \"${CARGO_PROFILE_RELEASE_LTO} ${CARGO_PROFILE_RELEASE_CODEGEN_UNITS} ${CARGO_PKG_NAME-none}\" >> ../calls
        echo '   Compiling a v1.0.0' >&2; echo '    Finished x' >&2; mkdir -p bin ../typst-0.15.1.build
        printf '#!/bin/sh\\necho typst 0.15.1' > bin/new; chmod +x bin/new; mv bin/new bin/typst";

    #[test]
    fn installing_calls_cargo_once_tells_its_progress_and_leaves_no_build() {
        let folder = folder();
        let cargo = folder.path().join("cargo");
        script(&cargo, CARGO);
        let cache = folder.path().join("cache");
        let mut told = Vec::new();
        let first = install(&cache, cargo.as_os_str(), None, &mut |step| told.push(step));
        let program = cache.join("rusprot/typst-0.15.1/bin/typst");
        assert_eq!(first.expect("the script installs"), program);
        assert_eq!(
            told,
            [
                InstallProgress::Started,
                InstallProgress::Package {
                    name: "a v1.0.0".to_owned(),
                    count: 1,
                    about: ABOUT_PACKAGES
                },
                InstallProgress::Line("Finished x".to_owned()),
            ]
        );
        assert!(!cache.join("rusprot/typst-0.15.1.build").exists());
        let again = install(&cache, cargo.as_os_str(), None, &mut |step| {
            panic!("nothing is left to do, but it told {step:?}")
        });
        assert_eq!(again.expect("it is in place"), program);
        let calls = fs::read_to_string(cache.join("rusprot/calls")).expect("cargo was called");
        let root = cache.join("rusprot/typst-0.15.1");
        let root = root.display();
        assert_eq!(
            calls,
            format!(
                "install typst-cli --version 0.15.1 --locked --force --root {root} --target-dir {root}.build\nfalse 16 none\n"
            )
        );
    }

    #[test]
    fn of_two_installations_at_once_one_waits_and_finds_the_work_done() {
        let folder = folder();
        let cargo = folder.path().join("cargo");
        script(&cargo, &format!("sleep 0.3\n{CARGO}"));
        let cache = folder.path().join("cache");
        let told = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let mut progress =
                        |step| told.lock().expect("no test panics inside").push(step);
                    install(&cache, cargo.as_os_str(), None, &mut progress)
                        .expect("it is installed");
                });
            }
        });
        let told = told.into_inner().expect("no test panics inside");
        let count = |step| told.iter().filter(|told| **told == step).count();
        assert_eq!(count(InstallProgress::Started), 1);
        assert_eq!(count(InstallProgress::Waiting), 1);
    }

    #[test]
    fn a_failed_installation_leaves_nothing_that_looks_finished() {
        let folder = folder();
        let cargo = folder.path().join("cargo");
        script(
            &cargo,
            "mkdir -p ../typst-0.15.1.build; echo 'error: no network' >&2; exit 101",
        );
        let cache = folder.path().join("cache");
        let error = install(&cache, cargo.as_os_str(), None, &mut |_| {}).expect_err("cargo fails");
        let text = error.to_string();
        assert!(text.starts_with("typst blev ikke installeret: »"), "{text}");
        assert!(
            text.ends_with("sluttede med kode 101:\n  error: no network"),
            "{text}"
        );
        assert!(!cache.join("rusprot/typst-0.15.1.build").exists());
        let search = TypstSearch {
            cache: Some(cache),
            ..TypstSearch::default()
        };
        assert!(matches!(find(&search), Err(TypstProblem::Missing)));
    }

    #[test]
    fn without_cargo_the_other_ways_are_named() {
        let folder = folder();
        let error = install(
            folder.path(),
            "rusprot-no-cargo".as_ref(),
            None,
            &mut |_| {},
        )
        .expect_err("there is no cargo");
        let text = error.to_string();
        assert!(text.contains("https://rustup.rs") && text.contains("brew install typst"));
    }

    #[test]
    fn an_installed_program_that_does_not_answer_is_replaced() {
        let folder = folder();
        let cargo = folder.path().join("cargo");
        script(&cargo, CARGO);
        let broken = folder.path().join("rusprot/typst-0.15.1/bin/typst");
        script(&broken, "exit 1");
        install(folder.path(), cargo.as_os_str(), None, &mut |_| {}).expect("the script installs");
        assert!(typst::examine(&broken).is_ok());
    }
}

/// The real program; it is fetched where this machine has none.
mod with_typst {
    use std::sync::OnceLock;

    use super::*;
    use etcetera::BaseStrategy;

    const PAGE: &str = "#set document(title: \"Prøve\")\n#set text(lang: \"da\", font: \"Noto Sans\")\n= Æbler\nTekst.\n";

    fn real_typst() -> &'static Typst {
        static FOUND: OnceLock<Typst> = OnceLock::new();
        FOUND.get_or_init(find_or_install)
    }

    #[expect(
        clippy::print_stderr,
        clippy::disallowed_methods,
        reason = "a test run of ten minutes says why, and finds typst as the program itself does"
    )]
    fn find_or_install() -> Typst {
        let base = etcetera::choose_base_strategy().expect("the user has a home");
        let search = TypstSearch {
            explicit: std::env::var_os("RUSPROT_TYPST").map(PathBuf::from),
            path: std::env::var_os("PATH"),
            cache: Some(base.cache_dir()),
        };
        if let Ok(typst) = find(&search) {
            return typst;
        }
        eprintln!(
            "typst {PINNED_VERSION} is not here and is fetched once; this takes about ten minutes"
        );
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        install(&base.cache_dir(), &cargo, None, &mut |step| {
            if let InstallProgress::Package { name, count, about } = step {
                eprintln!("typst: package {count} of about {about}: {name}");
            }
        })
        .expect("typst can be installed");
        find(&search).expect("typst was installed a moment ago")
    }

    fn compile(job: &PdfJob<'_>) -> Result<Exported, ExportError> {
        let fonts = FontFolder::stage().expect("the fonts can be written");
        export(real_typst(), &fonts, job, LIMIT)
    }

    #[test]
    fn a_page_becomes_the_same_pdf_in_every_folder() {
        let first = compile(&job(&[("protokol.typ", PAGE)]));
        let first = first.expect("the page compiles");
        assert!(first.pdf.starts_with(b"%PDF-1."));
        assert_eq!(first.warnings, Vec::<String>::new());
        let keep = folder();
        let mut kept = job(&[("protokol.typ", PAGE)]);
        kept.keep = Some(keep.path().join("dybt/nede"));
        let second = compile(&kept);
        assert_eq!(second.expect("the page compiles").pdf, first.pdf);
    }

    #[test]
    fn errors_and_warnings_name_files_without_the_folder() {
        let failed = compile(&job(&[("protokol.typ", "\n#read(\"data.json\")")]));
        let text = failed.expect_err("the file is missing").to_string();
        let start = "kaervang: PDF'en er ikke lavet, fordi typst meldte en fejl:\n  protokol.typ:2:6: error: ";
        assert!(text.starts_with(start), "{text}");
        assert!(text.contains("data.json"), "{text}");
        assert!(!text.contains("rusprot-"), "{text}");
        let source = format!("{PAGE}#text(font: \"Findes ikke\")[x]");
        let warned = compile(&job(&[("protokol.typ", &source)]));
        let warnings = warned.expect("a warning is no error").warnings;
        assert_eq!(
            warnings,
            ["protokol.typ:5:12: warning: unknown font family: findes ikke"]
        );
    }

    #[test]
    fn no_package_is_fetched() {
        let source = "#import \"@preview/example:0.1.0\": *";
        let failed = compile(&job(&[("protokol.typ", source)]));
        let text = failed.expect_err("there are no packages").to_string();
        assert!(text.contains("failed to download package"), "{text}");
    }

    #[test]
    fn an_endless_document_is_stopped() {
        let fonts = FontFolder::stage().expect("the fonts can be written");
        let source =
            "#for a in range(9999) { for b in range(9999) { for c in range(9999) { let d = a } } }";
        let limit = Duration::from_millis(500);
        let result = export(
            real_typst(),
            &fonts,
            &job(&[("protokol.typ", source)]),
            limit,
        );
        assert!(
            matches!(result, Err(ExportError::TimedOut { .. })),
            "{result:?}"
        );
    }
}
