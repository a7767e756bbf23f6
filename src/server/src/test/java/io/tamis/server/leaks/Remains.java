package io.tamis.server.leaks;

import io.tamis.data.Role;
import io.tamis.server.TestApi;
import io.tamis.server.TestServer;
import io.tamis.server.TestTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jdbi.v3.core.Jdbi;

/** Everything the service leaves behind or shows, searched byte by byte. */
final class Remains {
    private static final int CONTEXTS_MAX = 40;
    private static final int AROUND = 150;

    private final ByteSearch search;

    /** Place and kind of form, with how often. */
    private final Map<String, Integer> found = new TreeMap<>();

    private final List<String> contexts = new ArrayList<>();
    private long bytes;

    Remains(ByteSearch search) {
        this.search = search;
    }

    Map<String, Integer> found() {
        return found;
    }

    /** How much was searched: a search of nothing finds nothing. */
    long bytes() {
        return bytes;
    }

    void text(String place, String text) {
        bytes(place, text.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(String place, byte[] content) {
        bytes += content.length;
        search.in(content, (kind, at) -> {
            found.merge(place + ": " + kind, 1, Integer::sum);
            if (contexts.size() < CONTEXTS_MAX) {
                contexts.add(place + ": " + around(content, at));
            }
        });
    }

    /** What stands around the first findings, for whoever has to mend them: nobody here is real. */
    List<String> contexts() {
        return contexts;
    }

    private static String around(byte[] content, int at) {
        int from = Math.max(0, at - AROUND);
        int to = Math.min(content.length, at + AROUND);
        return new String(content, from, to - from, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
    }

    /** Every file of the data directory: the database's and its log of writes, versions, links, and whatever else lies there. */
    void dataDirectory() throws IOException {
        List<Path> files;
        try (var walk = Files.walk(TestServer.DATA)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String place = TestServer.DATA.relativize(file).getName(0).toString();
            text(place + ", names", TestServer.DATA.relativize(file).toString());
            try {
                bytes(place, Files.readAllBytes(file));
            } catch (NoSuchFileException gone) {
                // The database takes files away while we read.
            }
        }
    }

    /** Every row of every table of every schema, as a dump has it. Statistics are made before, since they quote values. */
    void database(Jdbi jdbi) {
        jdbi.useHandle(handle -> {
            handle.execute("ANALYZE");
            handle.execute("CHECKPOINT");
            List<String> tables = handle.createQuery(
                            "SELECT CAST(CAST(oid AS regclass) AS text) FROM pg_class WHERE relkind = 'r'")
                    .mapTo(String.class)
                    .list();
            for (String table : tables) {
                List<String> rows = handle.createQuery("SELECT CAST(whole_row AS text) FROM " + table + " whole_row")
                        .mapTo(String.class)
                        .list();
                text("dump of " + table, String.join("\n", rows));
            }
        });
    }

    void metrics() {
        text(
                "metrics",
                TestApi.request()
                        .get("/q/metrics")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    /** The log as an officer takes it away. */
    void export() throws IOException {
        byte[] zip = TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.COMPLIANCE_OFFICER, "audit-office"))
                .get("/v1/ledger/export")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        bytes("export", zip);
        try (var entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                bytes("export", entries.readAllBytes());
            }
        }
    }
}
