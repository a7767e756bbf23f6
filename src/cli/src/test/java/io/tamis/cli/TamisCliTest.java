package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.TestShell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TamisCliTest {
    @TempDir
    Path folder;

    @Test
    void help_everyCommand_isInTheOverview() {
        for (String command : TamisCli.commands(new TestShell(folder).shell())
                .getSubcommands()
                .keySet()) {
            assertTrue(TamisCli.help().contains("\n  " + command + " "), command);
        }
    }

    @Test
    void help_anyLine_fitsAScreen() {
        assertTrue(TamisCli.help().lines().allMatch(line -> line.length() <= 120));
    }

    @Test
    void everyCommand_anyDepth_describesItselfAndOffersHelp() {
        for (CommandLine command : leaves(TamisCli.commands(new TestShell(folder).shell()))) {
            String name = command.getCommandSpec().qualifiedName();
            assertTrue(command.getCommandSpec().usageMessage().description().length > 0, name);
            assertTrue(command.getCommandSpec().findOption("--help") != null, name);
            assertTrue(command.getCommandSpec().findOption("--json") != null, name);
        }
    }

    @Test
    void run_nothing_printsTheOverview() {
        var shell = new TestShell(folder);
        assertEquals(0, TamisCli.run(shell.shell()));
        assertTrue(shell.out().startsWith("Tamis: individuals in, aggregates out."));
        assertTrue(shell.out().endsWith("incomplete.\n\n"), shell.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense", "nonsense --help", "job", "job submit", "dataset load x.csv", "token --role merchant"
            })
    void run_wrongUsage_exitsTwo(String line) {
        assertEquals(2, TamisCli.run(new TestShell(folder).shell(), line.split(" ", -1)));
    }

    @Test
    void run_noToken_saysHowToGetOne() {
        var shell = new TestShell(folder);
        assertEquals(77, TamisCli.run(shell.shell(), "budget"));
        assertTrue(shell.err().contains("./tamis token"));
        assertEquals("", shell.out());
    }

    private static List<CommandLine> leaves(CommandLine command) {
        var leaves = new ArrayList<CommandLine>();
        for (CommandLine sub : command.getSubcommands().values()) {
            if (sub.getSubcommands().isEmpty()) {
                leaves.add(sub);
            } else {
                leaves.addAll(leaves(sub));
            }
        }
        return leaves;
    }
}
