//! Help, all of it in Danish.

use crate::support::Repo;

const COMMANDS: [&str; 20] = [
    "approve",
    "build",
    "check",
    "completions",
    "diff",
    "doctor",
    "done",
    "explain",
    "help",
    "import",
    "init",
    "lsp",
    "man",
    "print",
    "schema",
    "serve",
    "status",
    "templates",
    "upgrade",
    "verify",
];

/// The help of a command; of the program with an empty name.
fn help(command: &str) -> String {
    let args: &[&str] = if command.is_empty() {
        &["--help"]
    } else {
        &[command, "--help"]
    };
    Repo::new().run(args).code(0).stderr_is("").stdout
}

#[test]
fn the_help_of_the_program() {
    insta::assert_snapshot!(help(""), @r"
    Kontrollerer rusmiddelprotokoller og udgiver dem som websider, Markdown og PDF.

    Brug: rusprot KOMMANDO [VALG]

    Kommandoer:
      init       Begynd en protokol: Lav de filer, I skal skrive i (også: ny)
      import     Hent en protokol fra Word eller et andet program (også: hent)
      build      Kontrollér protokollerne, og lav siderne (også: byg)
      serve      Vis siderne i en browser, mens I skriver (også: vis)
      check      Kontrollér protokollerne uden at lave sider (også: tjek)
      status     Vis årets pligter efter dato, eller hvordan protokollerne står
                 (også: frister)
      done       Skriv ind, at en pligt i årshjulet er udført (også: udfoert)
      approve    Skriv ind, at en protokol er godkendt (også: godkend)
      diff       Vis, hvad der er ændret siden en tidligere udgave (også: forskel)
      print      Lav mødepakken eller en anden udskrift af én protokol som PDF
                 (også: udskriv)
      verify     Se, om et stykke papir stadig gælder (også: efterproev)
      explain    Forklar en regel, eller vis dem alle (også: forklar)
      templates  Vis, hvad en protokol skal indeholde, eller alle skabeloner (også:
                 skabeloner)
      upgrade    Vis, hvad en ny udgave af skabelonen betyder, eller skift til den
                 (også: opgrader)
      lsp        Hjælp en editor, mens der bliver skrevet: Editoren starter det selv
                 (også: sprogserver)
      schema     Skriv det, en editor skal bruge til at hjælpe med nøgler og
                 overskrifter (også: skema)
      doctor     Se efter, om programmet har alt, hvad det skal bruge (også: doktor)

    Valg:
          --root <MAPPE>     Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>  Brug farver: auto (kun på en skærm), always (altid)
                             eller never (aldrig)
      -q, --quiet            Skriv kun resultater og fejl
      -v, --verbose          Fortæl mere om, hvad programmet gør
      -h, --help             Vis denne hjælp (også: --hjælp)
      -V, --version          Vis programmets version

    Eksempler:
      rusprot check          kontrollér alle protokoller
      rusprot build fx       lav siderne for én protokol
      rusprot status         se, hvad der skal ske i årets løb
      rusprot explain RP101  læs om en regel
      rusprot build --help   se, hvad en kommando kan

    Læs mere i docs/kom-i-gang.md i rusprots arkiv.
    ");
}

#[test]
fn the_help_of_init() {
    insta::assert_snapshot!(help("init"), @r#"
    Begynd en protokol: Lav de filer, I skal skrive i (også: ny)

    Brug: rusprot init [MAPPE] [VALG]

    Argumenter:
      [MAPPE]  Mappen, det skal ligge i; uden den bruges den mappe, du står i

    Valg:
          --institution <NAVN>   Stedets navn, for eksempel "Bostedet Lindehøj"
          --template <NAVN>      Skabelonen, der siger, hvad papiret skal indeholde
                                 (ellers områdets egen eller socialpsykiatri);
                                 »rusprot templates« viser dem
          --area <NAVN>          Området, stedet hører til (ellers stedets eget
                                 navn)
          --organisation <NAVN>  Organisationen, området hører til, for eksempel
                                 kommunen
          --yes                  Stil ingen spørgsmål: Brug det sædvanlige
          --git                  Gem filerne i git med det samme
          --ci <STED>            Lav også den fil, som lader github, gitlab eller
                                 azure kontrollere hver ændring
          --editor <PROGRAM>     Lav også indstillinger til det program, I skriver
                                 i: vscode
          --root <MAPPE>         Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>      Brug farver: auto (kun på en skærm), always (altid)
                                 eller never (aldrig)
      -q, --quiet                Skriv kun resultater og fejl
      -v, --verbose              Fortæl mere om, hvad programmet gør
      -h, --help                 Vis denne hjælp (også: --hjælp)

    I en tom mappe begynder et område med ét botilbud. Står du i et område, kommer
    der et botilbud mere. På en skærm spørger programmet om det, du ikke har
    skrevet. Filer, der er der i forvejen, bliver ikke rørt.

    Eksempler:
      rusprot init               svar på spørgsmålene
      rusprot init min-protokol  begynd i en ny mappe
      rusprot init --institution "Bostedet Lindehøj" --yes

    Læs mere i docs/kom-i-gang.md i rusprots arkiv.
    "#);
}

#[test]
fn the_help_of_upgrade() {
    insta::assert_snapshot!(help("upgrade"), @r"
    Vis, hvad en ny udgave af skabelonen betyder, eller skift til den (også:
    opgrader)

    Brug: rusprot upgrade [SKABELON] [VALG]

    Argumenter:
      [SKABELON]  Skabelonens navn; uden det tages områdets fælles skabelon

    Valg:
          --to <UDGAVE>      Den nye udgave: et mærke, en gren eller en ændring i
                             git eller en mappe (ellers den, som rusprot.toml
                             nævner)
          --write            Skift til udgaven: Skriv kopien, overskrifter, id'er og
                             nye afsnit
          --offline          Brug det, der er hentet før, og brug ikke nettet
          --format <FORM>    Skriv til skærmen (human), som md eller html eller til
                             andre programmer (json)
          --output <FIL>     Skriv resultatet i denne fil i stedet for på skærmen
          --today <DATO>     Regn med denne dag i stedet for i dag, for eksempel
                             2026-11-30 (også i variablen RUSPROT_TODAY)
          --root <MAPPE>     Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>  Brug farver: auto (kun på en skærm), always (altid)
                             eller never (aldrig)
      -q, --quiet            Skriv kun resultater og fejl
      -v, --verbose          Fortæl mere om, hvad programmet gør
      -h, --help             Vis denne hjælp (også: --hjælp)

    Uden --write bliver intet ændret: Programmet viser for hvert sted, hvad den nye
    udgave betyder. Med --write bliver kopien af skabelonen skiftet ud, overskrifter
    og id'er bliver rettet, og nye afsnit bliver lavet med vejledning i. Svarene
    skriver I selv, og intet bliver godkendt.

    Eksempler:
      rusprot upgrade --to 2027-1          se, hvad udgaven betyder
      rusprot upgrade --to ../ny-skabelon  prøv en udgave, der ligger i en mappe
      rusprot upgrade --to 2027-1 --format html --output ny-udgave.html
      rusprot upgrade --to 2027-1 --write  skift til udgaven

    Læs mere i docs/omraade.md i rusprots arkiv.
    ");
}

#[test]
fn the_help_of_build() {
    insta::assert_snapshot!(help("build"), @r"
    Kontrollér protokollerne, og lav siderne (også: byg)

    Brug: rusprot build [PROTOKOL]… [VALG]

    Argumenter:
      [PROTOKOL]...  Navnet på protokollens mappe eller en sti i den; uden navn
                     tages alle

    Valg:
          --format <LISTE>      Lav disse, adskilt med komma: html, md, pdf, docx,
                                json (ellers html,md,pdf)
          --output <MAPPE>      Læg siderne her (ellers i den mappe, som
                                rusprot.toml nævner, eller i dist)
          --draft               Behandl protokollen som et udkast: De fleste fejl
                                bliver til advarsler, og der står UDKAST på siderne
          --today <DATO>        Regn med denne dag i stedet for i dag, for eksempel
                                2026-11-30 (også i variablen RUSPROT_TODAY)
          --install-typst       Hent typst, hvis det mangler; det tager nogle
                                minutter og sker kun én gang
          --keep-typst <MAPPE>  Gem det, som typst får at arbejde med, i denne mappe
          --root <MAPPE>        Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>     Brug farver: auto (kun på en skærm), always (altid)
                                eller never (aldrig)
      -q, --quiet               Skriv kun resultater og fejl
      -v, --verbose             Fortæl mere om, hvad programmet gør
      -h, --help                Vis denne hjælp (også: --hjælp)

    Er der en fejl i en protokol, bliver dens sider stående, som de var. De andre
    bliver lavet.

    Eksempler:
      rusprot build                          lav alle protokoller
      rusprot build fx --format html         lav kun websiden for én
      rusprot build --draft --output kladde  lav et udkast i mappen kladde
      rusprot build --install-typst          hent også typst, som laver PDF

    Læs mere i docs/kom-i-gang.md i rusprots arkiv.
    ");
}

#[test]
fn the_help_of_check() {
    insta::assert_snapshot!(help("check"), @r"
    Kontrollér protokollerne uden at lave sider (også: tjek)

    Brug: rusprot check [PROTOKOL]… [VALG]

    Argumenter:
      [PROTOKOL]...  Navnet på protokollens mappe eller en sti i den; uden navn
                     tages alle

    Valg:
          --format <FORM>        Skriv fejlene til mennesker (human, short) eller
                                 til andre programmer (json, sarif, github, gitlab,
                                 junit)
          --output <FIL>         Skriv resultatet i denne fil i stedet for på
                                 skærmen
          --changed-since <REV>  Vis kun det, der har at gøre med ændringerne siden
                                 denne revision i git, for eksempel origin/main
          --fix                  Ret det, der kan rettes uden at tage stilling: ord
                                 fra ordlisten, overskrifter, skrevne numre,
                                 afskrevet fælles tekst og tegnsæt
          --diff                 Vis kun, hvad --fix ville rette, og skriv ingenting
                                 i filerne
          --draft                Behandl protokollen som et udkast: De fleste fejl
                                 bliver til advarsler, og der står UDKAST på siderne
          --today <DATO>         Regn med denne dag i stedet for i dag, for eksempel
                                 2026-11-30 (også i variablen RUSPROT_TODAY)
          --root <MAPPE>         Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>      Brug farver: auto (kun på en skærm), always (altid)
                                 eller never (aldrig)
      -q, --quiet                Skriv kun resultater og fejl
      -v, --verbose              Fortæl mere om, hvad programmet gør
      -h, --help                 Vis denne hjælp (også: --hjælp)

    Programmet slutter med 1, når der er mindst én fejl. Advarsler tæller ikke. Med
    --fix tæller de fejl, der er tilbage, og med --diff dem, der ville være tilbage.

    Eksempler:
      rusprot check                    kontrollér alle protokoller
      rusprot check protocols/fx       kontrollér én
      rusprot check --format short     skriv én linje for hver fejl
      rusprot check --output fejl.txt  skriv i en fil
      rusprot check --fix --diff       se, hvad programmet selv kan rette

    Læs mere i docs/kom-i-gang.md i rusprots arkiv.
    ");
}

#[test]
fn the_help_of_status() {
    insta::assert_snapshot!(help("status"), @r"
    Vis årets pligter efter dato, eller hvordan protokollerne står (også: frister)

    Brug: rusprot status [PROTOKOL]… [VALG]

    Argumenter:
      [PROTOKOL]...  Navnet på protokollens mappe eller en sti i den; uden navn
                     tages alle

    Valg:
          --within <DAGE>    Vis kun det, der er overskredet eller skal ske inden
                             for så mange dage
          --matrix           Kontrollér protokollerne, og vis for hvert krav, om det
                             er opfyldt, mangler eller afviger
          --format <FORM>    Skriv til mennesker (human), til andre programmer
                             (json), til en kalender (ics) eller til et regneark
                             (csv)
          --output <FIL>     Skriv resultatet i denne fil i stedet for på skærmen
          --today <DATO>     Regn med denne dag i stedet for i dag, for eksempel
                             2026-11-30 (også i variablen RUSPROT_TODAY)
          --root <MAPPE>     Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>  Brug farver: auto (kun på en skærm), always (altid)
                             eller never (aldrig)
      -q, --quiet            Skriv kun resultater og fejl
      -v, --verbose          Fortæl mere om, hvad programmet gør
      -h, --help             Vis denne hjælp (også: --hjælp)

    Programmet slutter med 1, når en pligt, der skal opfyldes, er overskredet, eller
    når en fil ikke kan læses, som den skal. Med --matrix slutter det med 1, når
    kontrollen finder en fejl.

    Eksempler:
      rusprot status                                vis alle pligter
      rusprot status --within 60                    vis kun de næste 60 dage
      rusprot status --format ics --output aar.ics  lav en fil til kalenderen
      rusprot status --matrix                       vis, hvad der mangler hvor

    Læs mere i docs/frister.md i rusprots arkiv.
    ");
}

#[test]
fn the_help_of_diff() {
    insta::assert_snapshot!(help("diff"), @r"
    Vis, hvad der er ændret siden en tidligere udgave (også: forskel)

    Brug: rusprot diff [PROTOKOL]… [VALG]

    Argumenter:
      [PROTOKOL]...  Navnet på protokollens mappe eller en sti i den; uden navn
                     tages alle

    Valg:
          --since <REV>      Sammenlign med denne revision i git, for eksempel
                             HEAD~1 eller origin/main (ellers HEAD: det, der sidst
                             blev gemt)
          --since-approval   Sammenlign hver protokol med den udgave, der sidst blev
                             godkendt
          --format <FORM>    Skriv til skærmen (human), som md, html eller pdf eller
                             til andre programmer (json)
          --output <FIL>     Skriv resultatet i denne fil i stedet for på skærmen
          --root <MAPPE>     Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>  Brug farver: auto (kun på en skærm), always (altid)
                             eller never (aldrig)
      -q, --quiet            Skriv kun resultater og fejl
      -v, --verbose          Fortæl mere om, hvad programmet gør
      -h, --help             Vis denne hjælp (også: --hjælp)

    Programmet slutter med 0, også når der er ændringer, og med 1, når en protokol
    ikke kan sammenlignes.

    Eksempler:
      rusprot diff                   vis det, I endnu ikke har gemt i git
      rusprot diff --since-approval  vis alt siden den seneste godkendelse
      rusprot diff --since HEAD~5 --format html --output aendringer.html
      rusprot diff --since-approval --format pdf --output aendringer.pdf

    Læs mere i docs/aendringer.md i rusprots arkiv.
    ");
}

#[test]
fn the_help_of_import() {
    insta::assert_snapshot!(help("import"), @r#"
    Hent en protokol fra Word eller et andet program (også: hent)

    Brug: rusprot import FIL [VALG]

    Argumenter:
      <FIL>  Dokumentet, protokollen står i nu

    Valg:
          --institution <NAVN>  Hvem protokollen er for, for eksempel "Bostedet
                                Lindehøj"
          --into <PROTOKOL>     Navnet på protokollens mappe, ny eller gammel
          --template <NAVN>     Skabelonen, protokollen skal følge (ellers områdets)
          --yes                 Svar ja til alle forslag om, hvilke krav
                                overskrifterne svarer på
          --mask                Skjul cifrene i personnumre i stedet for at standse
          --dry-run             Vis, hvad der ville ske, og skriv ingenting
          --format <FORM>       Skriv til mennesker (human) eller til andre
                                programmer (json)
          --root <MAPPE>        Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>     Brug farver: auto (kun på en skærm), always (altid)
                                eller never (aldrig)
      -q, --quiet               Skriv kun resultater og fejl
      -v, --verbose             Fortæl mere om, hvad programmet gør
      -h, --help                Vis denne hjælp (også: --hjælp)

    Programmet læser .docx, .odt, .html, .md, .txt og teksten i .pdf. Det, der står
    her i forvejen, bliver ikke skrevet over. Henter du en rettet fil igen, skriver
    det kun i de filer, ingen har rettet i siden.

    Programmet slutter med 1, når der er et personnummer i filen. Så er intet
    skrevet.

    Eksempler:
      rusprot import protokol.docx --institution "Bostedet Lindehøj"
      rusprot import p.docx --into lindehoej --dry-run  se, hvad der ville ske
      rusprot import p.docx --into lindehoej --yes      svar ja til alle forslag

    Læs mere i docs/hent-fra-word.md i rusprots arkiv.
    "#);
}

#[test]
fn the_help_of_explain() {
    insta::assert_snapshot!(help("explain"), @r"
    Forklar en regel, eller vis dem alle (også: forklar)

    Brug: rusprot explain [REGEL] [VALG]

    Argumenter:
      [REGEL]  Reglens kode eller navn; uden den vises en liste over alle regler

    Valg:
          --root <MAPPE>     Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>  Brug farver: auto (kun på en skærm), always (altid)
                             eller never (aldrig)
      -q, --quiet            Skriv kun resultater og fejl
      -v, --verbose          Fortæl mere om, hvad programmet gør
      -h, --help             Vis denne hjælp (også: --hjælp)

    Eksempler:
      rusprot explain                   vis alle regler
      rusprot explain RP101             læs om reglen med den kode
      rusprot explain manglende-afsnit  læs om reglen med det navn

    Læs mere i docs/regler/README.md i rusprots arkiv.
    ");
}

#[test]
fn the_help_of_lsp() {
    insta::assert_snapshot!(help("lsp"), @r"
    Hjælp en editor, mens der bliver skrevet: Editoren starter det selv (også:
    sprogserver)

    Brug: rusprot lsp [VALG]

    Valg:
          --today <DATO>     Regn med denne dag i stedet for i dag, for eksempel
                             2026-11-30 (også i variablen RUSPROT_TODAY)
          --root <MAPPE>     Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>  Brug farver: auto (kun på en skærm), always (altid)
                             eller never (aldrig)
      -q, --quiet            Skriv kun resultater og fejl
      -v, --verbose          Fortæl mere om, hvad programmet gør
      -h, --help             Vis denne hjælp (også: --hjælp)

    Programmet taler med en editor over standard input og output, som Language
    Server Protocol siger. Det skriver ingen filer. Hvordan I sætter VS Code, Helix,
    Zed og Neovim op, står i docs/editor.md.

    Eksempler:
      rusprot lsp  det, en editor skal starte
    ");
}

#[test]
fn the_help_of_schema() {
    insta::assert_snapshot!(help("schema"), @r"
    Skriv det, en editor skal bruge til at hjælpe med nøgler og overskrifter (også:
    skema)

    Brug: rusprot schema [FILTYPE] [VALG]

    Argumenter:
      [FILTYPE]  section, protocol, area, template eller collection; uden den bruges
                 section

    Valg:
          --template <NAVN>  Skabelonen, hvis overskrifter og krav skal med i
                             skemaet (ellers områdets egen)
      -o, --output <FIL>     Skriv til en fil i stedet for på skærmen
          --root <MAPPE>     Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>  Brug farver: auto (kun på en skærm), always (altid)
                             eller never (aldrig)
      -q, --quiet            Skriv kun resultater og fejl
      -v, --verbose          Fortæl mere om, hvad programmet gør
      -h, --help             Vis denne hjælp (også: --hjælp)

    Filtyperne er section (afsnit og bilag), protocol (protokol.toml), area
    (rusprot.toml), template (skabelon.toml) og collection (samling.toml). Det, der
    bliver skrevet, er et JSON Schema. Programmer som VS Code, Zed, Tombi og Taplo
    læser det. »rusprot init --editor vscode« sætter det hele op.

    Eksempler:
      rusprot schema                             skemaet for afsnit
      rusprot schema --template socialpsykiatri  det samme med en anden skabelon
      rusprot schema area --output skema.json    skemaet for rusprot.toml, i en fil
    ");
}

#[test]
fn the_help_of_doctor() {
    insta::assert_snapshot!(help("doctor"), @r"
    Se efter, om programmet har alt, hvad det skal bruge (også: doktor)

    Brug: rusprot doctor [VALG]

    Valg:
          --install-typst    Hent typst, hvis det mangler; det tager nogle minutter
                             og sker kun én gang
          --root <MAPPE>     Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>  Brug farver: auto (kun på en skærm), always (altid)
                             eller never (aldrig)
      -q, --quiet            Skriv kun resultater og fejl
      -v, --verbose          Fortæl mere om, hvad programmet gør
      -h, --help             Vis denne hjælp (også: --hjælp)

    Programmet slutter med 3, når typst mangler.

    Eksempler:
      rusprot doctor                  se, om noget mangler
      rusprot doctor --install-typst  hent typst, hvis det mangler

    Læs mere i docs/kom-i-gang.md i rusprots arkiv.
    ");
}

#[test]
fn the_help_of_done() {
    insta::assert_snapshot!(help("done"), @r"
    Skriv ind, at en pligt i årshjulet er udført (også: udfoert)

    Brug: rusprot done PROTOKOL --duty PLIGT --date DATO [VALG]

    Argumenter:
      <PROTOKOL>  Navnet på protokollens mappe eller en sti i den

    Valg:
          --duty <PLIGT>     Pligtens id i skabelonens årshjul, for eksempel
                             revision
          --date <DATO>      Dagen, den blev udført, for eksempel 2026-10-05. Kender
                             I kun måneden, kvartalet eller året, så skriv 2026-10,
                             2026-K4 eller 2026
          --forum <NAVN>     Hvor det skete, for eksempel Mini-MED
          --note <TEKST>     Hvad I vil huske fra dagen; skriv ingen navne
          --today <DATO>     Regn med denne dag i stedet for i dag, for eksempel
                             2026-11-30 (også i variablen RUSPROT_TODAY)
          --root <MAPPE>     Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>  Brug farver: auto (kun på en skærm), always (altid)
                             eller never (aldrig)
      -q, --quiet            Skriv kun resultater og fejl
      -v, --verbose          Fortæl mere om, hvad programmet gør
      -h, --help             Vis denne hjælp (også: --hjælp)

    Programmet skriver en hændelse i protokol.toml. Alt andet i filen bliver
    stående, som det er.

    Eksempler:
      rusprot done fx --duty revision --date 2026-10-05
      rusprot done fx --duty revision --date 2026-10-05 --forum Beboermøde

    Læs mere i docs/aarets-gang.md i rusprots arkiv.
    ");
}

#[test]
fn the_help_of_approve() {
    insta::assert_snapshot!(help("approve"), @r"
    Skriv ind, at en protokol er godkendt (også: godkend)

    Brug: rusprot approve PROTOKOL --forum NAVN --date DATO --by ROLLE [VALG]

    Argumenter:
      <PROTOKOL>  Navnet på protokollens mappe eller en sti i den

    Valg:
          --forum <NAVN>       Hvem der godkendte, for eksempel Mini-MED
          --date <DATO>        Dagen, den blev godkendt, for eksempel 2026-11-10.
                               Kender I kun måneden, kvartalet eller året, så skriv
                               2026-11, 2026-K4 eller 2026
          --by <ROLLE>         Rollen, der skriver det ind, aldrig et navn
          --version <VERSION>  Versionen, der blev godkendt; en ny bliver også
                               skrevet under [dokument]
          --no-changes         Skriv kun, hvis intet er ændret siden den forrige
                               godkendelse
          --minor              Skriv, at ændringen ikke er væsentlig, så ingen skal
                               kvittere for den på ny
          --adopt              Giv den godkendelse, der allerede står i
                               protokol.toml, et aftryk
          --today <DATO>       Regn med denne dag i stedet for i dag, for eksempel
                               2026-11-30 (også i variablen RUSPROT_TODAY)
          --root <MAPPE>       Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>    Brug farver: auto (kun på en skærm), always (altid)
                               eller never (aldrig)
      -q, --quiet              Skriv kun resultater og fejl
      -v, --verbose            Fortæl mere om, hvad programmet gør
      -h, --help               Vis denne hjælp (også: --hjælp)

    Programmet kontrollerer protokollen og skriver godkendelsen i protokol.toml med
    et aftryk af det, der blev godkendt. Er der fejl, skriver det ingenting. En
    godkendelse er en oplysning, ikke en juridisk underskrift.

    Eksempler:
      rusprot approve fx --forum Mini-MED --date 2026-11-10 --by Leder
      rusprot approve … --version 4   godkend den som version 4
      rusprot approve … --no-changes  godkend den igen, hvis intet er ændret
      rusprot approve fx --adopt      giv en godkendelse, der står der, et aftryk

    Læs mere i docs/aarets-gang.md i rusprots arkiv.
    ");
}

#[test]
fn the_help_of_print() {
    insta::assert_snapshot!(help("print"), @r"
    Lav mødepakken eller en anden udskrift af én protokol som PDF (også: udskriv)

    Brug: rusprot print PROTOKOL --meeting MØDE --date DATO [VALG]
          rusprot print PROTOKOL (--cards | --poster ID | --form ID) [VALG]
          rusprot print PROTOKOL (--receipt | --edition ID) [VALG]

    Argumenter:
      <PROTOKOL>  Navnet på protokollens mappe eller en sti i den

    Valg:
          --meeting <MØDE>     Lav pakken til dette møde, for eksempel Mini-MED
          --date <DATO>        Mødets dato, for eksempel 2026-12-01
          --first <ID>         Sæt dette afsnit eller bilag forrest i pakken, for
                               eksempel det om arbejdsmiljø; kan skrives flere gange
          --duplex             Lad hver del af pakken begynde på en højreside;
                               --send printer på begge sider
          --cards              Lav kun handlingsanvisningerne, én på hvert A5-ark
          --poster <ID>        Lav et opslag med husreglerne fra dette afsnit eller
                               bilag
          --paper <STØRRELSE>  Opslagets størrelse: a3 eller a4 (ellers a3)
          --form <ID>          Lav en blanket af dette afsnit eller bilag: en
                               aftale, en guide eller et skema
          --edition <ID>       Lav den udgave af protokollen, som området kalder
                               sådan, eller det, der er valgt, af den udgave alene
          --receipt            Lav en kvittering: det, der er ændret, og linjer til
                               dem, der har læst det
          --large              Brug stor skrift (18 punkt)
          --output <FIL>       Læg PDF'en her (ellers i mappen til siderne, som
                               regel dist)
          --send [<PRINTER>]   Send PDF'en til denne printer med lp, eller til
                               maskinens egen, hvis du ingen nævner
          --root <MAPPE>       Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>    Brug farver: auto (kun på en skærm), always (altid)
                               eller never (aldrig)
      -q, --quiet              Skriv kun resultater og fejl
      -v, --verbose            Fortæl mere om, hvad programmet gør
      -h, --help               Vis denne hjælp (også: --hjælp)

    Mødepakken har dagsorden, ændringer siden sidste godkendelse, det, der er åbent,
    protokollen med linjenumre og en side til beslutningen. Den kan også laves, mens
    der er fejl. Intet bliver sendt til en printer uden --send.

    Eksempler:
      rusprot print fx --meeting Mini-MED --date 2026-12-01
      rusprot print fx --cards            kortene, to på hvert ark
      rusprot print fx --poster husorden  husordenen som opslag
      rusprot print fx --form interviewguide
      rusprot print fx --receipt          arket til dem, der har læst den

    Læs mere i docs/moede.md i rusprots arkiv.
    ");
}

#[test]
fn the_help_of_verify() {
    insta::assert_snapshot!(help("verify"), @r"
    Se, om et stykke papir stadig gælder (også: efterproev)

    Brug: rusprot verify KODE|FIL [VALG]

    Argumenter:
      <KODE>  Koden fra bunden af papiret eller en PDF-fil

    Valg:
          --format <FORM>    Skriv til mennesker (human) eller til andre programmer
                             (json)
          --root <MAPPE>     Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>  Brug farver: auto (kun på en skærm), always (altid)
                             eller never (aldrig)
      -q, --quiet            Skriv kun resultater og fejl
      -v, --verbose          Fortæl mere om, hvad programmet gør
      -h, --help             Vis denne hjælp (også: --hjælp)

    Koden står nederst på hver side af en PDF. Programmet slutter med 0, når papiret
    gælder, og ellers med 1.

    Eksempler:
      rusprot verify RP-7K3F-92QD  slå en kode op
      rusprot verify kopi.pdf      slå koden i en PDF op

    Læs mere i docs/papir.md i rusprots arkiv.
    ");
}

#[test]
fn the_help_of_templates() {
    insta::assert_snapshot!(help("templates"), @r"
    Vis, hvad en protokol skal indeholde, eller alle skabeloner (også: skabeloner)

    Brug: rusprot templates [SKABELON] [VALG]
          rusprot templates update [SKABELON] [VALG]

    Argumenter:
      [SKABELON]  Skabelonens navn; uden det vises en liste over alle skabeloner.
                  Eller update: hent fælles skabeloner
      [FÆLLES]    Efter update: den fælles skabelon, der skal hentes; uden navn
                  hentes alle

    Valg:
          --format <FORM>    Skriv til mennesker (human) eller til andre programmer
                             (json)
          --output <FIL>     Skriv resultatet i denne fil i stedet for på skærmen
          --rev <REV>        Med update: hent dette mærke, denne gren eller denne
                             ændring i git, og skriv den i rusprot.toml
          --dry-run          Med update: vis kun, hvad der ville blive ændret, og
                             skriv ingenting
          --offline          Med update: brug det, der er hentet før, og brug ikke
                             nettet
          --root <MAPPE>     Arbejd i denne mappe i stedet for den, du står i
          --color <HVORNÅR>  Brug farver: auto (kun på en skærm), always (altid)
                             eller never (aldrig)
      -q, --quiet            Skriv kun resultater og fejl
      -v, --verbose          Fortæl mere om, hvad programmet gør
      -h, --help             Vis denne hjælp (også: --hjælp)

    Uden for et område vises de skabeloner, der følger med programmet. Er der fejl i
    en skabelon, bliver de skrevet efter den.

    En fælles skabelon står i rusprot.toml med det sted, den kommer fra. Med update
    (opdater) henter programmet den og lægger en kopi i templates, som I gemmer i
    git. Det, der bliver ændret, bliver vist, før det bliver skrevet.

    Eksempler:
      rusprot templates                                vis alle skabeloner
      rusprot templates socialpsykiatri                se, hvad den beder om
      rusprot templates socialpsykiatri --format json  skriv den som JSON
      rusprot templates update --dry-run               se, hvad der er nyt
      rusprot templates update --rev 2027-1            hent en bestemt udgave

    Læs mere i docs/skabeloner.md i rusprots arkiv.
    ");
}

#[test]
fn no_word_of_clap_is_left_in_any_help() {
    for command in COMMANDS.into_iter().chain([""]) {
        let help = help(command).to_lowercase();
        for word in [
            "usage",
            "options",
            "arguments",
            "commands",
            "default:",
            "possible",
            "print help",
            "print version",
            "aliases",
            "env:",
            "required",
        ] {
            assert!(!help.contains(word), "{command}: {word}\n{help}");
        }
    }
}

#[test]
fn no_line_of_help_is_wider_than_the_terminal() {
    for command in COMMANDS.into_iter().chain([""]) {
        for line in help(command).lines() {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
    }
}

#[test]
fn help_is_had_in_every_way_people_ask_for_it() {
    let repo = Repo::new();
    let check = help("check");
    for args in [
        ["check", "-h"],
        ["check", "--hjælp"],
        ["check", "--hjaelp"],
        ["tjek", "--help"],
        ["help", "check"],
        ["hjælp", "tjek"],
    ] {
        repo.run(&args).code(0).stdout_is(&check);
    }
    repo.run(&["help"]).code(0).stdout_is(&help(""));
    repo.run(&["help", "kaffe"])
        .code(2)
        .stderr_has("fejl: »kaffe« er ikke en kommando.");
}

#[test]
fn every_command_has_its_hidden_danish_name() {
    let repo = Repo::new();
    for (danish, english) in [
        ("byg", "build"),
        ("tjek", "check"),
        ("frister", "status"),
        ("udfoert", "done"),
        ("godkend", "approve"),
        ("hent", "import"),
        ("efterproev", "verify"),
        ("skabeloner", "templates"),
        ("forklar", "explain"),
        ("doktor", "doctor"),
        ("fuldfoer", "completions"),
    ] {
        repo.run(&[danish, "--help"])
            .code(0)
            .stdout_is(&help(english))
            .stdout_lacks(&format!("rusprot {danish}"));
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    Repo::new().run(&["--version"]).code(0).stdout_is(concat!(
        "rusprot ",
        env!("CARGO_PKG_VERSION"),
        "\n"
    ));
}

#[test]
fn examples_have_a_protocol_of_the_repository_at_hand() {
    let repo = Repo::minimal();
    for args in [
        &["check", "--help"][..],
        &["help", "check"],
        &["check", "--hjælp"],
    ] {
        let run = repo.run(args).code(0);
        run.stdout_has("\n  rusprot check protocols/lillebo  kontrollér én\n");
    }
    repo.run(&["build", "--help"])
        .stdout_has("\n  rusprot build lillebo --format html    lav kun websiden for én\n");
}

#[test]
fn what_is_to_be_typed_is_whole_on_a_narrow_terminal() {
    let repo = Repo::minimal().env("COLUMNS", "60");
    let help = repo.run(&["status", "--help"]).code(0).stdout;
    assert!(
        help.contains("\n  rusprot status --format ics --output aar.ics\n      lav en fil"),
        "{help}"
    );
}

#[test]
fn the_former_names_of_options_are_taken() {
    let repo = Repo::minimal();
    repo.run(&["build", "--formats", "html", "--out", "gammel"])
        .code(0);
    repo.run(&["build", "--format", "html", "--output", "ny"])
        .code(0);
    assert_eq!(repo.tree("gammel"), repo.tree("ny"));
}
