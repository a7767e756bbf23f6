package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.TestShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What the pages tell a reader to type exists: commands with their options, test classes, Maven modules, linked files.
 * Commands of the {@code tamis} script itself are read from the script, those of the command line from its parser.
 */
class DocsCommandsTest {
    private static final Path ROOT = Path.of("../..");
    private static final List<String> FOLDERS =
            List.of("docs", "ledger", "policies", "sandbox-datasets", "k8s", "src/core", "src/server", "src/cli");

    /** Options of the commands that the script runs without the command line; {@code -D} is any system property. */
    private static final Map<String, Set<String>> SCRIPT = Map.of(
            "serve", Set.of("--data-dir", "--port", "--help", "-h", "-D"),
            "test", Set.of("--json", "--help", "-h"),
            "dev", Set.of("--help", "-h"),
            "help", Set.of(),
            "--version", Set.of(),
            "--help", Set.of());

    private static final Pattern INLINE = Pattern.compile("`(\\./(?:tamis|mvnw)(?: [^`]*)?)`");
    private static final Pattern TEST_NAME = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))`");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    @TempDir
    Path folder;

    @Test
    void commandsInFences_parseWithTheirOptions() {
        assertNone(problems((line, problems) -> fenced(line).ifPresent(command -> {
            String[] words = command.split("\\s+", -1);
            check(words).or(() -> parse(words)).ifPresent(problem -> problems.add(command + ": " + problem));
        })));
    }

    @Test
    void commandsInText_exist() {
        assertNone(problems((line, problems) -> {
            var inline = INLINE.matcher(line.text());
            while (!line.inFence() && inline.find()) {
                String command = inline.group(1);
                check(command.split("\\s+", -1)).ifPresent(problem -> problems.add(command + ": " + problem));
            }
        }));
    }

    @Test
    void testClasses_exist() throws IOException {
        Set<String> classes;
        try (var files = Files.walk(ROOT.resolve("src"))) {
            classes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        assertNone(problems((line, problems) -> {
            var name = TEST_NAME.matcher(line.text());
            while (name.find()) {
                if (!classes.contains(name.group(1))) {
                    problems.add(name.group(1) + ": no such class");
                }
            }
        }));
    }

    @Test
    void links_leadToFiles() {
        assertNone(problems((line, problems) -> {
            var link = LINK.matcher(line.text());
            while (!line.inFence() && link.find()) {
                String target = link.group(1);
                if (!target.contains("://")
                        && !Files.exists(line.page().getParent().resolve(target))) {
                    problems.add(target + ": no such file");
                }
            }
        }));
    }

    @Test
    void scriptCommands_areInTheScript() throws IOException {
        String script = Files.readString(ROOT.resolve("tamis"));
        SCRIPT.forEach((command, options) -> {
            assertTrue(
                    Pattern.compile("(?m)^    .*(?<![\\w-])" + command + "(?![\\w-]).*\\)")
                            .matcher(script)
                            .find(),
                    command);
            options.forEach(option -> assertTrue(script.contains(option), command + " " + option));
        });
    }

    @Test
    void pages_areFound() {
        assertTrue(pages().size() >= 15);
        assertTrue(pages().stream()
                .flatMap(DocsCommandsTest::lines)
                .anyMatch(line -> fenced(line).isPresent()));
    }

    /** Empty when the words name a command and options it has. */
    private Optional<String> check(String... words) {
        if (words[0].equals("./mvnw")) {
            return maven(words);
        }
        if (words.length == 1) {
            return Optional.empty();
        }
        if (SCRIPT.containsKey(words[1])) {
            return Stream.of(words)
                    .skip(2)
                    .filter(word -> word.startsWith("-"))
                    .filter(word -> SCRIPT.get(words[1]).stream()
                            .noneMatch(known -> known.equals("-D")
                                    ? word.startsWith("-D")
                                    : option(word).equals(known)))
                    .findFirst()
                    .map(unknown -> "unknown option " + unknown);
        }
        CommandLine at = TamisCli.commands(new TestShell(folder).shell());
        for (String word : List.of(words).subList(1, words.length)) {
            if (word.startsWith("-")) {
                if (at.getCommandSpec().findOption(option(word)) == null) {
                    return Optional.of("unknown option " + word);
                }
            } else if (!at.getSubcommands().isEmpty()) {
                // `policy check|explain` names two commands at once.
                for (String name : word.split("\\|", -1)) {
                    if (!at.getSubcommands().containsKey(name)) {
                        return Optional.of("unknown command " + name);
                    }
                }
                at = at.getSubcommands().get(word.split("\\|", -1)[0]);
            }
        }
        return Optional.empty();
    }

    /** What stands in a fence is typed as it is, so it has to parse as a whole. */
    private Optional<String> parse(String... words) {
        if (words[0].equals("./mvnw") || words.length == 1 || SCRIPT.containsKey(words[1])) {
            return Optional.empty();
        }
        try {
            TamisCli.commands(new TestShell(folder).shell())
                    .parseArgs(List.of(words).subList(1, words.length).toArray(String[]::new));
            return Optional.empty();
        } catch (ParameterException wrong) {
            return Optional.of(wrong.getMessage());
        }
    }

    private static Optional<String> maven(String... words) {
        for (int at = 1; at < words.length; at++) {
            if (words[at].equals("-pl") && !Files.isDirectory(ROOT.resolve(words[at + 1]))) {
                return Optional.of("no module " + words[at + 1]);
            }
        }
        return Optional.empty();
    }

    private static String option(String word) {
        return word.split("=", 2)[0];
    }

    /** The command of a line in a fence without another language: a prompt, a variable before it and a comment after it apart. */
    private static Optional<String> fenced(Line line) {
        String text = line.text().strip().replaceFirst("^\\$ ", "").replaceFirst(" +#.*$", "");
        text = text.replaceFirst("^(?:[A-Z_]+=\\S+ )+", "").replaceAll("\\$\\([^)]*\\)", "X");
        // What is quoted is one word.
        text = QUOTED.matcher(text)
                .replaceAll(quoted -> quoted.group(1).replace(' ', '_').replace("$", "\\$"));
        text = text.replaceFirst(" [>|] .*$", "");
        boolean command = text.equals("./tamis") || text.startsWith("./tamis ") || text.startsWith("./mvnw ");
        return line.inShell() && command ? Optional.of(text) : Optional.empty();
    }

    private static List<String> problems(BiConsumer<Line, List<String>> check) {
        var problems = new ArrayList<String>();
        for (Path page : pages()) {
            lines(page).forEach(line -> {
                var found = new ArrayList<String>();
                check.accept(line, found);
                found.forEach(problem -> problems.add(ROOT.relativize(page) + ":" + line.number() + " " + problem));
            });
        }
        return problems;
    }

    private static List<Path> pages() {
        var pages = new ArrayList<Path>();
        if (Files.exists(ROOT.resolve("README.md"))) {
            pages.add(ROOT.resolve("README.md"));
        }
        for (String name : FOLDERS) {
            Path start = ROOT.resolve(name);
            if (Files.isDirectory(start)) {
                try (var files = Files.walk(start)) {
                    files.filter(file -> file.toString().endsWith(".md"))
                            .filter(file -> !file.toString().contains("/target/"))
                            .filter(file -> !file.toString().contains("/node_modules/"))
                            .forEach(pages::add);
                } catch (IOException unreadable) {
                    throw new AssertionError(unreadable);
                }
            }
        }
        return pages;
    }

    private static Stream<Line> lines(Path page) {
        var lines = new ArrayList<Line>();
        String fence = "";
        boolean open = false;
        int number = 0;
        try {
            for (String text : Files.readAllLines(page)) {
                number++;
                if (text.strip().startsWith("```")) {
                    fence = open ? "" : text.strip().substring(3).strip();
                    open = !open;
                } else {
                    lines.add(new Line(
                            page,
                            number,
                            text,
                            open,
                            open && (fence.isEmpty() || fence.equals("sh") || fence.equals("bash"))));
                }
            }
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
        return lines.stream();
    }

    private static void assertNone(List<String> problems) {
        assertEquals("", String.join("\n", problems));
    }

    private record Line(Path page, int number, String text, boolean inFence, boolean inShell) {}
}
