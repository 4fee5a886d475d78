//! Random files through the library, on the stable compiler: `cargo test --release --test fuzz -- --seconds 60`.
//!
//! Every run begins with the seeds and goes on with changes of them. The same number of the same round makes the
//! same input on every machine, so a failure can be made again; the input is also left in `target/fuzz`. Without
//! `--seconds` each target takes a few dozen inputs, as one test among the others.

mod mutate;
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use mutate::Random;
use targets::{TARGETS, Target};

/// No input is longer.
const LONGEST: usize = 64 * 1024;
/// How many inputs a target takes, its seeds among them, where nobody says how long.
const FEW: u64 = 60;
/// The longest an input may take: a second where the compiler has optimised.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 1 });
/// The most memory a run may have had.
const MOST_MEMORY: u64 = 200_000_000;

/// What the command line asks for.
struct Wanted {
    seconds: Option<u64>,
    round: u64,
    names: Vec<String>,
}

fn main() -> ExitCode {
    let wanted = wanted();
    let targets = TARGETS.iter();
    let chosen: Vec<&Target> = targets
        .filter(|target| {
            wanted.names.is_empty() || wanted.names.iter().any(|name| name == target.name)
        })
        .collect();
    // What a panic says is told with its input, below.
    std::panic::set_hook(Box::new(|_| {}));
    let failures: usize = chosen.iter().map(|target| run(target, &wanted)).sum();
    if let Some(peak) = peak_memory() {
        say(&format!("most memory: {} MB", peak / 1_000_000));
        if peak > MOST_MEMORY && !cfg!(debug_assertions) {
            return ExitCode::FAILURE;
        }
    }
    if failures > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// Flags of the usual test runner are passed over, names are targets.
fn wanted() -> Wanted {
    let mut wanted = Wanted {
        seconds: None,
        round: 1,
        names: Vec::new(),
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut number = || args.next().and_then(|number| number.parse().ok());
        match arg.as_str() {
            "--seconds" => wanted.seconds = number(),
            "--round" => wanted.round = number().unwrap_or(1),
            flag if flag.starts_with('-') => {}
            name => wanted.names.push(name.to_owned()),
        }
    }
    wanted
}

/// Runs a target on one thread a core; says how many inputs failed.
fn run(target: &Target, wanted: &Wanted) -> usize {
    let seeds = seeds(target.seeds);
    let began = Instant::now();
    let next = AtomicU64::new(0);
    let failed = Mutex::new(Vec::new());
    let slowest = Mutex::new(Duration::ZERO);
    let work = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let over = match wanted.seconds {
                Some(seconds) => began.elapsed() >= Duration::from_secs(seconds),
                None => number >= FEW,
            };
            if over && number >= seeds.len() as u64 {
                return;
            }
            let input = input(&seeds, wanted.round, number);
            let before = processor_time();
            let result = catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
            let took = processor_time().saturating_sub(before);
            let message = match result {
                Ok(Ok(())) if took <= PATIENCE => None,
                Ok(Ok(())) => Some(format!("it took {took:?}")),
                Ok(Err(broken)) => Some(broken),
                Err(panic) => Some(format!("panic: {}", words(&*panic))),
            };
            let mut slowest = slowest.lock().expect("nothing panics with it");
            *slowest = (*slowest).max(took);
            drop(slowest);
            if let Some(message) = message {
                let path = keep(target.name, wanted.round, number, &input);
                let mut failed = failed.lock().expect("nothing panics with it");
                failed.push(format!("{}: {message}", path.display()));
                if failed.len() >= 20 {
                    return;
                }
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            // What the library bounds the depth of is bounded for the stack of a main thread.
            std::thread::Builder::new()
                .stack_size(8 * 1024 * 1024)
                .spawn_scoped(scope, work)
                .expect("a thread");
        }
    });
    let failed = failed.into_inner().expect("nothing panics with it");
    let slowest = slowest.into_inner().expect("nothing panics with it");
    say(&format!(
        "{}: {} inputs in {:?}, the slowest {slowest:?}, {} failed",
        target.name,
        next.into_inner(),
        began.elapsed(),
        failed.len()
    ));
    failed.iter().for_each(|line| say(&format!("  {line}")));
    failed.len()
}

/// The input of a number: a seed as it is, or one that is changed.
fn input(seeds: &[String], round: u64, number: u64) -> String {
    match seeds.get(usize::try_from(number).unwrap_or(usize::MAX)) {
        Some(seed) => seed.clone(),
        None => {
            let mut random = Random::new(round, number);
            let mut input = mutate::mutated(seeds, &mut random);
            let mut end = input.len().min(LONGEST);
            while !input.is_char_boundary(end) {
                end -= 1;
            }
            input.truncate(end);
            input
        }
    }
}

/// The seeds of a folder in `fuzz/seeds`, in the order of their names.
fn seeds(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(folder);
    let entries = rusprot::fs::list(&folder).expect("a folder of seeds");
    let read = |path: &Path| String::from_utf8(rusprot::fs::read(path).expect("a seed"));
    let seeds = entries
        .iter()
        .map(|entry| read(&entry.path).expect("seeds are UTF-8"));
    let seeds: Vec<String> = seeds.collect();
    assert!(!seeds.is_empty(), "{} has no seeds", folder.display());
    seeds
}

/// Leaves an input for a look.
fn keep(target: &str, round: u64, number: u64, input: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
    let path = folder.join(format!("{target}-{round}-{number}.toml"));
    rusprot::fs::create_folder(&folder).expect("room");
    rusprot::fs::write(&path, input.as_bytes()).expect("room");
    path
}

/// What a panic said.
fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without words")
        .to_owned()
}

/// The time this thread has had of a processor, where the system tells; others may have had the machine meanwhile.
fn processor_time() -> Duration {
    let path = Path::new("/proc/thread-self/schedstat");
    let told = rusprot::fs::read_start(path, 100).ok();
    let told = told.and_then(|bytes| String::from_utf8(bytes).ok());
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(wall_time, Duration::from_nanos)
}

fn wall_time() -> Duration {
    static BEGAN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed()
}

/// The most bytes of memory this process has had, where the system tells.
fn peak_memory() -> Option<u64> {
    let bytes = rusprot::fs::read_start(Path::new("/proc/self/status"), 10_000).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[expect(clippy::print_stdout, reason = "this is a program of its own")]
fn say(line: &str) {
    println!("{line}");
}
