package io.tamis.cli.client;

import io.tamis.data.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How to start a demonstration server as a child.
 *
 * @param root the repository, where the policies are
 * @param jvmFlags further flags of its JVM, such as {@code -Xmx512m}
 * @param settings further configuration, {@code key=value}
 */
public record ServerLaunch(Path jar, Path root, DataDir data, int port, List<String> jvmFlags, List<String> settings) {
    private static final int USUAL_PORT = 8080;

    public ServerLaunch {
        Objects.requireNonNull(jar);
        Objects.requireNonNull(root);
        Objects.requireNonNull(data);
        jvmFlags = List.copyOf(jvmFlags);
        settings = List.copyOf(settings);
        if (port < 1 || port > 65535) {
            throw ClientException.usage("--port must be 1 to 65535");
        }
    }

    /** The packaged server on this data directory, on this port. */
    public static ServerLaunch of(Shell shell, DataDir data, int port) {
        String named = System.getProperty("tamis.server.jar", "src/server/target/quarkus-app/quarkus-run.jar");
        Path jar = shell.root().resolve(named);
        if (!Files.isRegularFile(jar)) {
            throw new ClientException(
                    Code.NOT_READY,
                    ExitCode.UNAVAILABLE,
                    "the server is not built: run this command as ./tamis, or ./mvnw package first");
        }
        return new ServerLaunch(jar, shell.root(), data, port, List.of(), List.of());
    }

    /** The same with these JVM flags. */
    public ServerLaunch withJvmFlags(String... flags) {
        return new ServerLaunch(jar, root, data, port, List.of(flags), settings);
    }

    /** The same with these settings, {@code key=value}. */
    public ServerLaunch withSettings(String... keysAndValues) {
        return new ServerLaunch(jar, root, data, port, jvmFlags, List.of(keysAndValues));
    }

    /** The usual port when it is free, else one that is. */
    public static int usualOrFreePort() {
        try (var socket = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            return freePort();
        }
    }

    /** A port nobody listens on now. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw ClientException.unreachable("no free port on this machine", none);
        }
    }

    /** Where it will listen. */
    public ServiceUrl url() {
        return ServiceUrl.parse("http://127.0.0.1:" + port);
    }

    List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(jvmFlags);
        command.add("-Dquarkus.profile=demo");
        command.add("-Dtamis.data=" + data.path());
        command.add("-Dquarkus.http.port=" + port);
        settings.forEach(setting -> command.add("-D" + setting));
        command.add("-jar");
        command.add(jar.toAbsolutePath().toString());
        return command;
    }
}
