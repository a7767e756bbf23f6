package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.audit.Finding;
import io.tamis.cli.client.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands of docs/policies.md print what the page says they print; docs/auditing.md names every finding. */
class PoliciesDocTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(.*?)^```$");

    private static String run(String command) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        var shell = new Shell(
                Map.of(), new ByteArrayInputStream(new byte[0]), stream, stream, InstantSource.system(), ROOT, false);
        String[] words = command.split(" ", -1);
        TamisCli.run(shell, List.of(words).subList(1, words.length).toArray(String[]::new));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String page(String name) throws IOException {
        return Files.readString(ROOT.resolve("docs").resolve(name));
    }

    @Test
    void command_onThePage_printsTheNextBlock() throws IOException {
        var blocks = new ArrayList<String>();
        var matcher = BLOCK.matcher(page("policies.md"));
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        int commands = 0;
        for (int i = 0; i + 1 < blocks.size(); i++) {
            if (blocks.get(i).startsWith("./tamis policy ")) {
                commands++;
                assertEquals(blocks.get(i + 1), run(blocks.get(i).strip()));
            }
        }
        assertEquals(2, commands);
    }

    @Test
    void finding_ofAnAudit_isOnThePage() throws IOException {
        String page = page("auditing.md");
        for (Finding.Kind kind : Finding.Kind.values()) {
            assertTrue(page.contains("`" + kind + "`"), kind::name);
        }
    }
}
