// Parses texts with javac's own parser and goes no further: frames in, one answer a line out
// (see framed_answers.h). No class is looked up, entered or written.

import com.sun.source.util.JavacTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

public final class Judge {
    private static final int LONGEST_MESSAGE = 300;
    private static final int MOST_FAULTS = 10;
    /** Said of what this release knows and a setting turns on: no fault of the syntax. */
    private static final List<String> SETTINGS =
        List.of("compiler.err.preview.", "compiler.err.feature.not.supported");

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ENGLISH, StandardCharsets.UTF_8);
    private final List<String> options = List.of("-proc:none", "--enable-preview", "-source",
        Integer.toString(Runtime.version().feature()));

    private static final class Text extends SimpleJavaFileObject {
        private final String content;

        Text(String content) {
            super(URI.create("string:///Source.java"), Kind.SOURCE);
            this.content = content;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }

    public static void main(String[] arguments) throws IOException {
        if (ToolProvider.getSystemJavaCompiler() == null) {
            System.err.println("this Java has no compiler");
            System.exit(1);
        }
        Judge judge = new Judge();
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String head = line(System.in); !head.isEmpty(); head = line(System.in)) {
            int size = Integer.parseInt(head.substring(0, head.indexOf(' ')));
            String text = new String(System.in.readNBytes(size), StandardCharsets.UTF_8);
            out.print(judge.answer(text) + "\n");
            out.flush();
        }
    }

    private static String line(InputStream input) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = input.read(); next != -1 && next != '\n'; next = input.read()) {
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    private String answer(String text) {
        try {
            List<String> faults = faults(text);
            return faults.isEmpty() ? "true" : "[" + String.join(",", faults) + "]";
        } catch (IOException | RuntimeException | StackOverflowError error) {
            return quoted(error.getClass().getSimpleName() + " in the compiler");
        }
    }

    private List<String> faults(String text) throws IOException {
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) compiler.getTask(null, files, said, options, null,
            List.of(new Text(text)));
        task.parse();
        List<String> faults = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> each : said.getDiagnostics()) {
            boolean isFault = each.getKind() == Diagnostic.Kind.ERROR
                && SETTINGS.stream().noneMatch(each.getCode()::startsWith);
            if (isFault && faults.size() < MOST_FAULTS) {
                faults.add("[" + quoted(each.getMessage(Locale.ENGLISH)) + ","
                    + place(text, each.getPosition()) + "," + place(text, each.getEndPosition()) + "]");
            }
        }
        return faults;
    }

    /** Line and column in code points, or zeros; javac's own columns count a tab as eight. */
    private static String place(String text, long position) {
        if (position < 0 || position > text.length()) {
            return "0,0";
        }
        int line = 1;
        int start = 0;
        for (int at = 0; at < position; at++) {
            char letter = text.charAt(at);
            boolean inCrlf = letter == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
            if (letter == '\n' || (letter == '\r' && !inCrlf)) {
                line++;
                start = at + 1;
            }
        }
        return line + "," + (text.codePointCount(start, (int) position) + 1);
    }

    private static String quoted(String text) {
        String words = String.join(" ", text.trim().split("\\s+"));
        StringBuilder result = new StringBuilder("\"");
        int size = Math.min(words.length(), LONGEST_MESSAGE);
        for (int at = 0; at < size; at++) {
            char letter = words.charAt(at);
            boolean plain = letter >= ' ' && letter < 0x7f && letter != '"' && letter != '\\';
            result.append(plain ? String.valueOf(letter) : String.format("\\u%04x", (int) letter));
        }
        return result.append('"').toString();
    }
}
