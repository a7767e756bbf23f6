package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.TestShell;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.synthetic.WorldFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateCommandTest {
    @TempDir
    private Path folder;

    private TestShell shell;

    private int run(String... options) {
        shell = new TestShell(folder);
        return TamisCli.run(
                shell.shell(),
                Stream.concat(Stream.of("dataset", "generate"), Stream.of(options))
                        .toArray(String[]::new));
    }

    private String out(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void generate_intoANewFolder_writesAllFilesAndSaysWhat() throws IOException {
        assertEquals(0, run("--persons", "300", "--out", out("a/b")));
        for (String name : WorldFiles.names()) {
            assertTrue(Files.size(folder.resolve("a/b").resolve(name)) > 0, name);
        }
        assertTrue(shell.out().startsWith("300 persons of seed 42: "), shell::out);
        assertTrue(shell.out()
                .contains(Hash.sha256(Files.readAllBytes(folder.resolve("a/b/SHA256SUMS")))
                        .hex()));
        assertTrue(shell.err().contains("making persons 100 %, 300 of 300"), shell::err);
    }

    @Test
    void generate_inJson_isOneObject() throws IOException {
        assertEquals(0, run("--persons", "200", "--seed", "-9", "--out", out("w"), "--json"));
        JsonView view = JsonView.of(Json.parse(shell.out().strip()));
        assertEquals("200", view.at("persons").text());
        assertEquals("-9", view.at("seed").text());
        assertEquals(
                Hash.sha256(Files.readAllBytes(folder.resolve("w/SHA256SUMS"))).hex(),
                view.at("sums").text());
    }

    @Test
    void generate_withOtherThreads_isTheSameBytes() throws IOException {
        assertEquals(0, run("--persons", "9000", "--threads", "1", "--out", out("one")));
        assertEquals(0, run("--persons", "9000", "--threads", "3", "--out", out("three")));
        for (String name : WorldFiles.names()) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("one").resolve(name)),
                    Files.readAllBytes(folder.resolve("three").resolve(name)),
                    name);
        }
    }

    @Test
    void generate_overAnOlderWorld_needsForce() throws IOException {
        assertEquals(0, run("--persons", "100", "--out", out("w")));
        byte[] before = Files.readAllBytes(folder.resolve("w/SHA256SUMS"));
        assertEquals(2, run("--persons", "101", "--out", out("w")));
        assertTrue(shell.err().contains("--force"), shell::err);
        assertArrayEquals(before, Files.readAllBytes(folder.resolve("w/SHA256SUMS")));
        assertEquals(0, run("--persons", "101", "--out", out("w"), "--force"));
        assertFalse(Hash.sha256(before).equals(Hash.sha256(Files.readAllBytes(folder.resolve("w/SHA256SUMS")))));
    }

    @Test
    void generate_besideOtherFiles_leavesThemAlone() throws IOException {
        Files.createDirectory(folder.resolve("w"));
        Files.writeString(folder.resolve("w/notes.txt"), "mine");
        assertEquals(0, run("--persons", "100", "--out", out("w"), "--force"));
        assertEquals("mine", Files.readString(folder.resolve("w/notes.txt")));
    }

    @Test
    void generate_whereAFileIs_isWrongUsage() throws IOException {
        Files.writeString(folder.resolve("w"), "a file");
        assertEquals(2, run("--persons", "100", "--out", out("w")));
        assertTrue(shell.err().contains("cannot make the folder"), shell::err);
    }

    /** A folder in a file's place stands for everything that makes writing fail, whoever runs the test. */
    @Test
    void generate_whereAFileCannotBeWritten_saysSo() throws IOException {
        Files.createDirectories(folder.resolve("w/orders.csv.part/x"));
        assertEquals(2, run("--persons", "100", "--out", out("w")));
        assertTrue(shell.err().contains("cannot write all files in "), shell::err);
        assertFalse(Files.exists(folder.resolve("w/SHA256SUMS")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "100000001", "9223372036854775808", "many", "1e6", ""})
    void generate_ofAnImpossibleSize_isWrongUsage(String persons) {
        assertEquals(2, run("--persons", persons, "--out", out("w")));
        assertFalse(Files.exists(folder.resolve("w")));
    }

    @Test
    void generate_withMissingOrWrongOptions_isWrongUsage() {
        for (var options : List.of(
                List.of("--out", out("w")),
                List.of("--persons", "10"),
                List.of("--persons", "10", "--out", out("w"), "--threads", "0"),
                List.of("--persons", "10", "--out", out("w"), "--threads", "65"),
                List.of("--persons", "10", "--out", out("w"), "--seed", "x"))) {
            assertEquals(2, run(options.toArray(String[]::new)), options::toString);
        }
    }

    @Test
    void help_saysWhatItMakes() {
        assertEquals(0, run("--help"));
        assertTrue(shell.out().contains("No person in it exists"), shell::out);
    }
}
