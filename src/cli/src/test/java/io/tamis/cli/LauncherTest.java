package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher is a bash script; its functions are called one by one, so that no build starts inside the build. */
class LauncherTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private static final List<String> NODE_FOLDERS =
            List.of("ledger/contracts", "ledger/devnet", "src/core/src/test/oracles", "src/server/src/test/browser");

    @TempDir
    Path folder;

    private record Ended(int status, String output) {}

    @BeforeAll
    static void needsBash() {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "SKIPPED: no bash");
    }

    @Test
    void help_printedByTheLauncher_isTheCommandLinesOwn() throws Exception {
        assertEquals(
                TamisCli.help(), run(ROOT.resolve("tamis").toString(), "help").output());
    }

    @Test
    void version_isTheOneOfTheBuild() throws Exception {
        assertTrue(run(ROOT.resolve("tamis").toString(), "--version").output().matches("Tamis [0-9]+\\.[0-9]+.*\n"));
    }

    @Test
    void serve_unknownOption_isWrongUsage() throws Exception {
        assertEquals(
                2, run(ROOT.resolve("tamis").toString(), "serve", "--nonsense").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--port abc", "--port=abc", "--port", "--port 0", "--port 65536", "--port 123456", "--data-dir"})
    void serve_unusableValue_isOneLineOfWrongUsage(String options) throws Exception {
        String[] words = ("serve " + options).split(" ", -1);
        var ended = run(Stream.concat(Stream.of(ROOT.resolve("tamis").toString()), Arrays.stream(words))
                .toArray(String[]::new));
        assertEquals(2, ended.status());
        assertEquals(1, ended.output().lines().count(), ended.output());
        assertTrue(ended.output().startsWith("tamis: serve: --"), ended.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "dev", "test"})
    void help_ofTheLaunchersOwn_isTheSameBothWays(String command) throws Exception {
        String tamis = ROOT.resolve("tamis").toString();
        var asked = run(tamis, "help", command);
        assertEquals(0, asked.status());
        assertTrue(asked.output().startsWith(command + ": ./tamis " + command), asked.output());
        assertEquals(asked, run(tamis, command, "--help"));
    }

    @Test
    void help_ofNoCommand_isWrongUsage() throws Exception {
        var ended = run(ROOT.resolve("tamis").toString(), "help", "wat");
        assertEquals(2, ended.status());
        assertEquals("tamis: help: no such command: wat (see ./tamis help)\n", ended.output());
    }

    @Test
    void jdk_thatSaysItIsOld_isNotTaken() throws Exception {
        fakeJdk("jdk-25-says-its-name", "17");
        assertEquals(
                1,
                sourced("jdk_is_new_enough " + folder.resolve("jdk-25-says-its-name"))
                        .status());
    }

    @Test
    void jdk_thatSaysItIsNew_isTaken() throws Exception {
        fakeJdk("java-8", "26");
        assertEquals(0, sourced("jdk_is_new_enough " + folder.resolve("java-8")).status());
    }

    @Test
    void jdk_withoutCompiler_isNotTaken() throws Exception {
        fakeJdk("jre", "25");
        Files.delete(folder.resolve("jre/bin/javac"));
        assertEquals(1, sourced("jdk_is_new_enough " + folder.resolve("jre")).status());
    }

    @Test
    void findJdk_javaHomeTooOld_takesOneOfTheUsersOwn() throws Exception {
        fakeJdk("old", "17");
        fakeJdk("home/.sdkman/candidates/java/any", "99");
        var found = sourced("HOME=" + folder.resolve("home") + "; JAVA_HOME=" + folder.resolve("old")
                + "; JDK_LEAST=99; find_jdk; echo $JAVA_HOME");
        assertEquals(folder.resolve("home/.sdkman/candidates/java/any") + "\n", found.output());
    }

    @Test
    void findJdk_none_saysWhatToInstallInOneLine() throws Exception {
        var ended = sourced("HOME=" + folder + "; JDK_LEAST=99; find_jdk");
        assertEquals(69, ended.status());
        assertEquals(1, ended.output().lines().count());
        assertTrue(ended.output().contains("Temurin 25") && ended.output().contains("export JAVA_HOME="));
    }

    @Test
    void countTests_reportsOfBothKinds_areAdded() throws Exception {
        report("src/core/target/surefire-reports/TEST-a.xml", "tests=\"5\" errors=\"1\" skipped=\"1\" failures=\"0\"");
        report(
                "src/server/target/failsafe-reports/TEST-b.xml",
                "tests=\"3\" errors=\"0\" skipped=\"0\" failures=\"1\"");
        assertEquals("5 2 1\n", sourced("ROOT=" + folder + "; count_tests").output());
    }

    @Test
    void countTests_noReport_isNothing() throws Exception {
        assertEquals("0 0 0\n", sourced("ROOT=" + folder + "; count_tests").output());
    }

    @Test
    void nodeFolders_withoutNpm_areSkippedAloud_andFailInCi() throws Exception {
        var skipped = sourced("ROOT=" + folder + "; CI=; PATH=; install_node_folders");
        assertEquals(
                new Ended(0, "tamis: SKIPPED: tests of contract, browser and encryption, npm not found\n"), skipped);
        var failed = sourced("ROOT=" + folder + "; CI=true; PATH=; install_node_folders");
        assertEquals(69, failed.status());
        assertEquals(1, failed.output().lines().count());
    }

    @Test
    void nodeFolders_areInstalledOnce_untilALockFileIsNewer() throws Exception {
        for (String name : NODE_FOLDERS) {
            Files.createDirectories(folder.resolve(name));
            Files.writeString(folder.resolve(name).resolve("package-lock.json"), "{}");
        }
        script(
                folder.resolve("npm"),
                "echo $PWD $@ >> " + folder.resolve("calls")
                        + "; mkdir -p node_modules; touch node_modules/.package-lock.json\n");
        String install = "ROOT=" + folder + "; PATH=" + folder + ":$PATH; install_node_folders; ";
        assertEquals(new Ended(0, ""), sourced(install + install));
        assertEquals(
                NODE_FOLDERS.size(), Files.readAllLines(folder.resolve("calls")).size());
        String older = "touch -d 2020-01-01 " + folder.resolve("ledger/devnet/node_modules/.package-lock.json") + "; ";
        assertEquals(new Ended(0, ""), sourced(older + install));
        assertEquals(
                folder.toRealPath().resolve("ledger/devnet") + " ci --ignore-scripts --no-audit --no-fund --silent",
                Files.readAllLines(folder.resolve("calls")).getLast());
    }

    @Test
    void nodeFolders_npmThatFails_isSkippedAloud_andFailsInCi() throws Exception {
        for (String name : NODE_FOLDERS) {
            Files.createDirectories(folder.resolve(name));
        }
        script(folder.resolve("npm"), "exit 1\n");
        String install = "ROOT=" + folder + "; PATH=" + folder + ":$PATH; install_node_folders";
        var skipped = sourced("CI=; " + install);
        assertEquals(0, skipped.status());
        assertEquals(
                NODE_FOLDERS.size(),
                skipped.output()
                        .lines()
                        .filter(line -> line.contains("SKIPPED"))
                        .count());
        assertEquals(69, sourced("CI=true; " + install).status());
    }

    @Test
    void chromium_isInstalledAsRootInCi_andNowhereElse() throws Exception {
        Path calls = folder.resolve("calls");
        script(folder.resolve("apt-get"), "echo $@ >> " + calls + "\n");
        script(folder.resolve("id"), "echo ${UID_OF_TEST}\n");
        script(folder.resolve("mkdir"), "/bin/mkdir $@\n");
        String install = "ROOT=" + folder + "; PATH=" + folder + "; export UID_OF_TEST; install_chromium";
        assertEquals(new Ended(0, ""), sourced("CI=; UID_OF_TEST=0; " + install));
        assertEquals(new Ended(0, ""), sourced("CI=true; UID_OF_TEST=1000; " + install));
        assertFalse(Files.exists(calls));
        var installed = sourced("CI=true; UID_OF_TEST=0; " + install);
        assertEquals(0, installed.status());
        assertEquals(1, installed.output().lines().count(), installed.output());
        assertEquals(
                List.of("-qq update", "-qq install -y --no-install-recommends chromium fonts-noto-cjk"),
                Files.readAllLines(calls));
        script(folder.resolve("chromium"), "true\n");
        assertEquals(new Ended(0, ""), sourced("CI=true; UID_OF_TEST=0; " + install));
    }

    @Test
    void ci_runsTheTestCommandAndNothingElse() throws Exception {
        var lines = Files.readAllLines(ROOT.resolve(".ci/run"));
        assertEquals(2, lines.size());
        assertTrue(lines.getLast().endsWith("exec ./tamis test"));
    }

    private void report(String name, String counts) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "<?xml version=\"1.0\"?>\n<testsuite name=\"a\"\n time=\"0.1\" " + counts
                        + ">\n<testcase name=\"tests\"/>\n</testsuite>\n");
    }

    private void fakeJdk(String name, String version) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(name).resolve("bin"));
        script(bin.resolve("javac"), "");
        script(bin.resolve("java"), "echo '    java.specification.version = " + version + "' >&2\n");
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body);
        assertTrue(file.toFile().setExecutable(true));
    }

    private static Ended sourced(String commands) throws Exception {
        return run("/bin/bash", "-c", "source " + ROOT.resolve("tamis") + "; " + commands);
    }

    private static Ended run(String... command) throws Exception {
        var line = Stream.concat(
                        command[0].endsWith("tamis") ? Stream.of("/bin/bash") : Stream.empty(), Arrays.stream(command))
                .toList();
        var process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
