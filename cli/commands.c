/* commands.c: the tables of commands and options. */
#include "commands.h"

#include <string.h>

const option_info cli_options[OPT_IDS] = {
    [OPT_JSONL] = { "jsonl", NULL, "one JSON object a line" },
    [OPT_JSON] = { "json", NULL, "one JSON array" },
    [OPT_FORMAT] = { "format", "FORMAT",
                     "text, jsonl or json; brief: md, html; copies: svg; extract: md; events: plover-jsonl; parse: conllu" },
    [OPT_STORE] = { "store", "FILE", "the store (default: $DATELINE_STORE, or dateline.db in the data folder)" },
    [OPT_STORY] = { "story", "N", "this story alone" },
    [OPT_THREADS] = { "threads", "N", "page workers (default: all cores); never changes the output" },
    [OPT_MODELS] = { "models", "FILE", "another model pack than the one built in" },
    [OPT_PROGRESS] = { "progress", "auto|plain|json|off", "how progress is told on standard error" },
    [OPT_COLOUR] = { "color", "auto|always|never", "colour in text" },
    [OPT_WIDTH] = { "width", "N", "columns of text (default: the terminal's, or 80)" },
    [OPT_EXIT_CODE] = { "exit-code", NULL, "exit 1 when there are any" },
    [OPT_FAMILIES] = { "families", NULL, "families and where they come from, not pairs" },
    [OPT_DIFF] = { "diff", "A B", "two pages side by side" },
    [OPT_ASSIGN] = { "assign", NULL, "one line a page, in order of arrival" },
    [OPT_PAIRS] = { "pairs", NULL, "code records with a marked source and target" },
    [OPT_CHANGES] = { "also-changes", NULL, "what changed over time, too" },
    [OPT_CONLLU] = { "conllu", NULL, "CoNLL-U (the default of parse)" },
    [OPT_INPUT] = { "input", "conllu|text",
                    "conllu: tokens and sentence ends are given; text: all of it is read, a paragraph a line" },
    [OPT_NO_TREE] = { "no-tree", NULL, "without HEAD and DEPREL" },
    [OPT_DAMAGE] = { "damage", NULL, "passages that a machine broke" },
    [OPT_BY] = { "by", "KEY", "speaker: grouped by who speaks" },
    [OPT_EXPLAIN] = { "explain", NULL, "every block, its role and why" },
    [OPT_PRECISION] = { "precision", NULL, "leave out what is doubtful" },
    [OPT_RECALL] = { "recall", NULL, "keep what is doubtful" },
    [OPT_ALONE] = { "alone", NULL, "each page by itself, whatever stands around it" },
    [OPT_LENGTH] = { "length", "N[w]", "at most so many words" },
    [OPT_LINES_MIN] = { "lines-min", "N", "with at least so many independent lines" },
    [OPT_LIMIT] = { "limit", "N", "at most so many hits" },
    [OPT_SINCE] = { "since", "DAY", "from this day on" },
    [OPT_UNTIL] = { "until", "DAY", "up to and with this day" },
    [OPT_TO] = { "to", "FILE", "where to; the ending says the format: sqlite csv jsonl html md ninjs" },
    [OPT_KEEP] = { "keep", "first|longest|origin", "the corpus without its copies: of each family one record, as it came in" },
    [OPT_EXPLAIN_ID] = { "explain", "ID", "why a page is in the story where it is" },
    [OPT_LOG] = { "log", NULL, "what happened to pages and stories, in order: opened, joined, moved, merged, and why" },
    [OPT_INDEX] = { "index", "DIR", "a folder that keeps what is compared: pages are added to those of earlier runs" },
    [OPT_EXPIRE] = { "expire", "DAYS", "pages so many days older than the latest are dropped, or compared no more" },
    [OPT_EXPLAIN_PAIR] = { "explain", "A B", "what two pages share, passage by passage, and what tells who was first" },
    [OPT_SVG] = { "svg", "FILE", "the families as a drawing" },
    [OPT_OF] = { "of", "ID", "the other page: whose text it counts as, or of whose story it is or is not" },
    [OPT_WHO] = { "by", "NAME", "who decides" },
    [OPT_NOTE] = { "note", "TEXT", "why" },
    [OPT_UNDO] = { "undo", NULL, "the decision that holds no longer does" },
    [OPT_HELP] = { "help", NULL, "this text" },
};

#define ROWS (OPT(OPT_JSONL) | OPT(OPT_JSON) | OPT(OPT_FORMAT))
#define STORY OPT(OPT_STORY)

const command cli_commands[] = {
    { "add", DL_ADDED, "PATH...", "put pages into the store",
      "Reads, analyses and keeps the pages. A page whose bytes are known already is left alone, so that a run that was stopped "
      "is "
      "taken up by running it again.",
      OPT(OPT_JSONL) | OPT(OPT_ALONE), "" },
    { "brief", DL_BRIEF, "[PATH...]", "one sourced account per story",
      "What happened, when, and who said it: verbatim sentences, each with its page, its line of reporting and a link to the "
      "passage. "
      "Copies count once; damaged, doubtful and off-topic passages are never quoted.",
      ROWS | STORY | OPT(OPT_LENGTH) | OPT(OPT_LINES_MIN), "" },
    { "stories", DL_STORIES, "[PATH...]", "the stories of a pile, and what they rest on",
      "Pages, texts and independent lines of each story. With --assign, a stream of any length: pages go through once, in order "
      "of time, and each has its line. With --index the stories stay: the next run goes on with them, pages that have changed "
      "their story since have a line more, and a run that was stopped is taken up by running it again.",
      ROWS | STORY | OPT(OPT_ASSIGN) | OPT(OPT_INDEX) | OPT(OPT_EXPIRE) | OPT(OPT_EXPLAIN_ID) | OPT(OPT_LOG),
      "dateline stories --assign --jsonl news.jsonl\tthe story of each record {\"id\", \"title\", \"date\", \"text\"}\n"
      "dateline stories --jsonl news.jsonl | grep -o '\"title\":\"[^\"]*\"'\tthe headline of each story; a row has its days, "
      "pages and counts, too\n"
      "cat news.jsonl | dateline stories --assign --jsonl --index desk -\ta stream that goes on from run to run\n"
      "dateline stories --explain a news.jsonl\twhy the record with the id \"a\" is where it is\n" },
    { "timeline", DL_TIMELINE, "[PATH...]", "what happened when, by line of reporting",
      "Events by day; expected and open ones are marked.", ROWS | STORY, "" },
    { "quotes", DL_QUOTES, "[PATH...]", "who said what, and through whom", "Direct, mixed and indirect speech with its speaker.",
      ROWS | STORY | OPT(OPT_BY), "" },
    { "events", DL_EVENTS, "[PATH...]", "who did what to whom",
      "Events in PLOVER types with CAMEO roots; modality belongs to each report.", ROWS | STORY | OPT(OPT_PAIRS), "" },
    { "actors", DL_ACTORS, "[PATH...]", "one actor for all its names", "Canonical actors with aliases, roles and mentions.",
      ROWS | STORY, "" },
    { "claims", DL_CLAIMS, "[PATH...]", "what is asserted, by how many independent lines",
      "Claims with their support, counted by pages, texts, "
      "lines and first-hand lines.",
      ROWS | STORY | OPT(OPT_LINES_MIN), "" },
    { "disagreements", DL_DISAGREEMENTS, "[PATH...]", "where the sources differ",
      "Who said it, how many, when, how certain, how broad. "
      "What changed over time is not a disagreement.",
      ROWS | STORY | OPT(OPT_CHANGES) | OPT(OPT_EXIT_CODE), "" },
    { "copies", DL_COPIES, "[PATH...]", "who reprinted whom",
      "Pairs of pages with the passages they share, or families with their origin. As JSONL, or with --keep, a corpus of any "
      "size: pages go through once, and what is compared lies in files. With --index these stay: the next run adds its pages, "
      "and a run that was stopped is taken up by running it again.",
      ROWS | STORY | OPT(OPT_FAMILIES) | OPT(OPT_DIFF) | OPT(OPT_EXPLAIN_PAIR) | OPT(OPT_SVG) | OPT(OPT_KEEP) | OPT(OPT_INDEX) |
          OPT(OPT_EXPIRE),
      "" },
    { "extract", DL_EXTRACT, "[PATH...]", "the article of each page",
      "Headline and body as text or, with --format md, as Markdown behind a head of metadata; --jsonl has authors, dates and "
      "what was thrown away, too. "
      "A filter of its own: \"-\" is standard input, and where there is no store it needs no name.",
      ROWS | OPT(OPT_EXPLAIN) | OPT(OPT_PRECISION) | OPT(OPT_RECALL) | OPT(OPT_ALONE), "" },
    { "page", DL_PAGE, "ID [PATH...]", "one page: what was kept and what was removed", "Line by line, with the reason.",
      ROWS | OPT(OPT_DAMAGE) | OPT(OPT_EXPLAIN) | OPT(OPT_ALONE), "" },
    { "when", DL_WHEN, "[PATH...]", "temporal expressions and their values", "TIMEX3, resolved against the page's date.", ROWS,
      "" },
    { "parse", DL_PARSE, "[PATH...]", "sentences, tokens, tags, names and trees",
      "CoNLL-U on standard output: Penn and universal tags, lemmas, UD trees, and in the last column names (NE=B-PER) and byte "
      "offsets. A tool of its own: \"-\" is standard input, and where there is no store it needs no name. A page of HTML or "
      "scraped text is parsed without its furniture; --input text reads all of a text file.",
      OPT(OPT_CONLLU) | OPT(OPT_INPUT) | OPT(OPT_NO_TREE),
      "dateline parse --input text article.txt\ta text file, each line a paragraph\n"
      "dateline parse --no-tree - < page.html\tthe article of a page; tags and names alone, twice as fast\n"
      "dateline parse news.jsonl | grep NE=B-PER | cut -f2\tfirst words of people's names in records {\"id\", \"text\"}\n"
      "dateline parse --input conllu words.conllu\tyour own words and sentence ends\n"
      "dateline parse --input text article.txt | awk -F'\\t' '$8 == \"root\" { print $3 }'\tthe main verb of each sentence\n" },
    { "search", DL_SEARCH, "QUERY", "find passages in the store",
      "Words, \"phrases\", AND, OR, NOT. Exit 1 when nothing matches.",
      ROWS | STORY | OPT(OPT_LIMIT) | OPT(OPT_SINCE) | OPT(OPT_UNTIL), "" },
    { "export", DL_EXPORT, "--to FILE [PATH...]", "a story as a file for another program", "The ending of FILE says the format.",
      STORY | OPT(OPT_TO), "" },
    { "overrule", DL_OVERRULE, "[ID independent|copy|apart|together]", "how a page counts, by a person's word",
      "Without an ID, what was decided so far. A page of the store counts as independent, a text and a line of its own, or with "
      "--of as a copy of another page, whatever was found; or it is kept apart from the story of another page, or together "
      "with it; stories, claims and briefs are counted by it and say so. Who decided, "
      "when and why is kept, also of what was undone.",
      OPT(OPT_JSONL) | OPT(OPT_JSON) | OPT(OPT_OF) | OPT(OPT_WHO) | OPT(OPT_NOTE) | OPT(OPT_UNDO), "" },
    { "doctor", DL_DOCTOR, "", "check the store, the models and the build", "Exit 4 when something is wrong.", OPT(OPT_JSON),
      "" },
};
const size_t cli_n_commands = sizeof cli_commands / sizeof cli_commands[0];

const command *cli_find(const char *name)
{
    for (size_t i = 0; i < cli_n_commands; i++)
        if (!strcmp(cli_commands[i].name, name)) return &cli_commands[i];
    return NULL;
}
