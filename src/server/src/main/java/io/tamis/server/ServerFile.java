package io.tamis.server;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.tamis.data.Json;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells command-line tools on the same machine where the server listens: {@code <data-dir>/server.json}. */
@Singleton
class ServerFile {
    private final Path file;
    private final String host;

    ServerFile(
            @ConfigProperty(name = "tamis.data") Path data, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.file = data.resolve("server.json");
        this.host = host;
    }

    void listening(@ObservesAsync HttpServerStart started) throws IOException {
        int port = started.options().getPort();
        String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host;
        KeyFiles.write(
                file,
                Json.object()
                        .put("url", "http://" + reachable + ":" + port)
                        .put("pid", ProcessHandle.current().pid())
                        .build()
                        .canonicalBytes());
    }

    void stopping(@Observes ShutdownEvent event) throws IOException {
        Files.deleteIfExists(file);
    }
}
