package io.tamis.cli.client;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/** Where the service listens. */
public record ServiceUrl(URI value) {
    private static final String USUAL = "http://127.0.0.1:8080";
    private static final int SERVER_FILE_BYTES_MAX = 4096;

    public ServiceUrl {
        boolean http = "http".equals(value.getScheme()) || "https".equals(value.getScheme());
        if (!http || value.getHost() == null) {
            throw ClientException.usage("--url must look like https://host or http://127.0.0.1:8080");
        }
    }

    /** The address written like this. */
    public static ServiceUrl parse(String text) {
        try {
            return new ServiceUrl(URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
        } catch (IllegalArgumentException malformed) {
            throw new ClientException(
                    Code.INVALID_REQUEST,
                    ExitCode.USAGE,
                    "--url must look like https://host or http://127.0.0.1:8080",
                    malformed);
        }
    }

    /**
     * The address named on the command line, else by TAMIS_URL, else the one that the server running on this data
     * directory has written down, else the usual one.
     */
    public static ServiceUrl find(Optional<String> option, Map<String, String> environment, DataDir data) {
        return parse(option.or(() -> Optional.ofNullable(environment.get("TAMIS_URL")))
                .or(() -> written(data))
                .orElse(USUAL));
    }

    private static Optional<String> written(DataDir data) {
        try {
            if (Files.notExists(data.serverFile()) || Files.size(data.serverFile()) > SERVER_FILE_BYTES_MAX) {
                return Optional.empty();
            }
            String url = JsonView.of(Json.parse(Files.readAllBytes(data.serverFile())))
                    .at("url")
                    .text();
            return url.isEmpty() ? Optional.empty() : Optional.of(url);
        } catch (IOException | DataException halfWritten) {
            // The server may be writing it at this moment; the usual address is the next best guess.
            return Optional.empty();
        }
    }

    /** The address of a path such as {@code /v1/jobs}. */
    public URI resolve(String path) {
        return URI.create(value + path);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
