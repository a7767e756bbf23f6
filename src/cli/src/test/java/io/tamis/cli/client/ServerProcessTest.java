package io.tamis.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerProcessTest {
    @TempDir
    Path folder;

    private ServerLaunch launch;

    @BeforeEach
    void aServerThatCannotStart() throws IOException {
        Path jar = Files.writeString(folder.resolve("server.jar"), "not a jar");
        launch = new ServerLaunch(
                jar, folder, new DataDir(folder.resolve("data")), ServerLaunch.freePort(), List.of(), List.of());
    }

    @Test
    void awaitReady_serverEndsAtOnce_tellsItsLastWords() {
        var process = ServerProcess.start(launch);
        var ended = assertThrows(ClientException.class, () -> process.awaitReady(InstantSource.system()));
        assertEquals(ExitCode.UNAVAILABLE, ended.exit());
        assertTrue(ended.advice().contains("has ended"), ended.advice());
        assertTrue(ended.advice().contains("jarfile"), ended.advice());
        assertFalse(process.isAlive());
    }

    @Test
    void awaitReady_serverRefusesToStart_tellsThatLineOnly() throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Refusing.class.getName());
        String name = Refusing.class.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(launch.jar()), manifest);
                var bytes = Refusing.class.getClassLoader().getResourceAsStream(name)) {
            jar.putNextEntry(new ZipEntry(name));
            bytes.transferTo(jar);
        }
        var process = ServerProcess.start(launch);
        var ended = assertThrows(ClientException.class, () -> process.awaitReady(InstantSource.system()));
        assertTrue(
                ended.advice().startsWith("the server has ended: DATA_DIR_IN_USE: stop it (its log: "), ended.advice());
    }

    /** A server that does not start, as the real one does not on a data directory in use. */
    static final class Refusing {
        private Refusing() {}

        public static void main(String[] args) {
            System.err.println("something the log says before");
            System.err.println("DATA_DIR_IN_USE: stop it");
            System.exit(78);
        }
    }

    @Test
    void command_everything_isADemonstrationOnItsOwnData() {
        var command = launch.withJvmFlags("-Xmx512m")
                .withSettings("tamis.release.tick=50MS")
                .command();
        assertTrue(command.containsAll(List.of(
                "-Xmx512m",
                "-Dquarkus.profile=demo",
                "-Dtamis.data=" + folder.resolve("data"),
                "-Dquarkus.http.port=" + launch.port(),
                "-Dtamis.release.tick=50MS")));
        assertEquals("-jar", command.get(command.size() - 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65536})
    void port_outsideItsRange_isWrongUsage(int port) {
        assertThrows(
                ClientException.class,
                () -> new ServerLaunch(launch.jar(), folder, launch.data(), port, List.of(), List.of()));
    }
}
