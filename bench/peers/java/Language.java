import com.fasterxml.jackson.databind.ObjectMapper;
import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.ling.IndexedWord;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.semgraph.SemanticGraph;
import edu.stanford.nlp.semgraph.SemanticGraphCoreAnnotations;
import edu.stanford.nlp.semgraph.SemanticGraphEdge;
import edu.stanford.nlp.util.CoreMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;
import opennlp.tools.util.Span;

/** NAME OUT FILE...: one language tool of Maven Central over files of texts; the protocol is that of language.py, offsets in UTF-16 units. */
public final class Language {
    private static final String WARM = "The council met on Monday in Oslo, and Mayor Jane Roe said that the road would be mended. It wasn't. ".repeat(8);

    /** What a tool found in a text. */
    private static final class Found {
        final List<Object> sents = new ArrayList<>(), toks = new ArrayList<>(), names = new ArrayList<>();
        long trees;
    }

    private interface Tool {
        Object run(String text) throws Exception;
        Found read(Object result);
    }

    private static final class CoreNlp implements Tool {
        private final StanfordCoreNLP pipeline;
        private final boolean trees;

        CoreNlp(boolean trees) {
            this.trees = trees;
            Properties p = new Properties();
            p.setProperty("annotators", "tokenize,pos,lemma,ner" + (trees ? ",depparse" : ""));
            p.setProperty("ner.applyFineGrained", "false");
            p.setProperty("ner.useSUTime", "false");
            p.setProperty("ner.applyNumericClassifiers", "false");
            p.setProperty("ner.buildEntityMentions", "true");
            p.setProperty("threads", "1");
            p.setProperty("tokenize.options", "invertible=true");
            p.setProperty("ssplit.newlineIsSentenceBreak", "always"); // a line of clean text is a paragraph
            pipeline = new StanfordCoreNLP(p);
        }

        @Override
        public Object run(String text) {
            Annotation a = new Annotation(text);
            pipeline.annotate(a);
            return a;
        }

        @Override
        public Found read(Object result) {
            Found f = new Found();
            for (CoreMap s : ((Annotation) result).get(CoreAnnotations.SentencesAnnotation.class)) {
                List<CoreLabel> words = s.get(CoreAnnotations.TokensAnnotation.class);
                int first = f.toks.size();
                f.sents.add(List.of(words.get(0).beginPosition(), words.get(words.size() - 1).endPosition()));
                for (CoreLabel w : words) f.toks.add(new Object[] { w.beginPosition(), w.endPosition(), w.tag(), "", w.lemma(), 0, "" });
                if (trees) tree(f, s.get(SemanticGraphCoreAnnotations.BasicDependenciesAnnotation.class), first);
                for (CoreMap e : s.get(CoreAnnotations.MentionsAnnotation.class))
                    f.names.add(List.of(e.get(CoreAnnotations.CharacterOffsetBeginAnnotation.class), e.get(CoreAnnotations.CharacterOffsetEndAnnotation.class),
                            e.get(CoreAnnotations.NamedEntityTagAnnotation.class)));
            }
            return f;
        }

        private static void tree(Found f, SemanticGraph g, int first) {
            f.trees++;
            for (IndexedWord r : g.getRoots()) set(f, first + r.index() - 1, first + r.index() - 1, "root");
            for (SemanticGraphEdge e : g.edgeListSorted()) set(f, first + e.getDependent().index() - 1, first + e.getGovernor().index() - 1, e.getRelation().toString());
        }

        private static void set(Found f, int tok, int head, String rel) {
            Object[] row = (Object[]) f.toks.get(tok);
            row[5] = head;
            row[6] = rel;
        }
    }

    private static final class OpenNlp implements Tool {
        private final SentenceDetectorME sentences = new SentenceDetectorME(new SentenceModel(model("opennlp-en-ud-ewt-sentence-1.3-2.5.4.bin")));
        private final TokenizerME tokens = new TokenizerME(new TokenizerModel(model("opennlp-en-ud-ewt-tokens-1.3-2.5.4.bin")));
        private final POSTaggerME tagger = new POSTaggerME(new POSModel(model("opennlp-en-ud-ewt-pos-1.3-2.5.4.bin")));

        OpenNlp() throws IOException {}

        private static InputStream model(String name) throws IOException {
            InputStream in = Language.class.getResourceAsStream("/" + name);
            if (in == null) throw new IOException("no model " + name);
            return in;
        }

        @Override
        public Object run(String text) {
            Found f = new Found();
            int at = 0;
            for (String line : text.split("\n", -1)) { // its detector was trained on paragraphs
                for (Span s : sentences.sentPosDetect(line)) {
                    f.sents.add(List.of(at + s.getStart(), at + s.getEnd()));
                    String sent = line.substring(s.getStart(), s.getEnd());
                    Span[] spans = tokens.tokenizePos(sent);
                    String[] tags = tagger.tag(Span.spansToStrings(spans, sent));
                    for (int k = 0; k < spans.length; k++)
                        f.toks.add(new Object[] { at + s.getStart() + spans[k].getStart(), at + s.getStart() + spans[k].getEnd(), "", tags[k] });
                }
                at += line.length() + 1;
            }
            return f;
        }

        @Override
        public Found read(Object result) {
            return (Found) result;
        }
    }

    private static double cpu() {
        return ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private static double peak() throws IOException {
        for (String l : Files.readAllLines(Path.of("/proc/self/status")))
            if (l.startsWith("VmHWM:")) return Long.parseLong(l.replaceAll("\\D", "")) / 1024.0;
        return 0;
    }

    private static void file(Tool tool, String path, int k, double start, ObjectMapper json, PrintWriter out) throws Exception {
        List<String> texts = new ArrayList<>();
        for (String l : Files.readAllLines(Path.of(path))) texts.add(json.readTree(l).get("text").asText());
        long[] sums = new long[4];
        List<Found> kept = new ArrayList<>();
        double spent = 0;
        for (String text : texts) {
            double t = cpu();
            Object r = tool.run(text);
            spent += cpu() - t;
            Found f = tool.read(r);
            long[] n = { f.sents.size(), f.toks.size(), f.names.size(), f.trees };
            for (int j = 0; j < 4; j++) sums[j] += n[j];
            if (k > 0) kept.add(f);
        }
        double rss = peak();
        for (int i = 0; i < kept.size(); i++) {
            Found f = kept.get(i);
            Map<String, Object> m = new LinkedHashMap<>(Map.of("file", k, "i", i, "sents", f.sents, "toks", f.toks, "names", f.names));
            out.println(json.writeValueAsString(m));
        }
        out.println(json.writeValueAsString(Map.of("done", k, "cpu", spent, "start", start, "rss", rss, "counts", sums, "utf16", true)));
    }

    public static void main(String[] args) throws Exception {
        Tool tool = args[0].equals("opennlp") ? new OpenNlp() : new CoreNlp(args[0].equals("corenlp"));
        for (int k = 0; k < 5; k++) tool.run(WARM);
        double start = cpu();
        ObjectMapper json = new ObjectMapper();
        try (PrintWriter out = new PrintWriter(args[1], "UTF-8")) {
            for (int k = 2; k < args.length; k++) file(tool, args[k], k - 2, start, json, out);
        }
    }
}
