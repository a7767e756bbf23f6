package io.tamis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The bare jar is production and says in one line what it lacks. */
class BareJarIT {
    @Test
    void start_withoutAnything_isOneLineAndStatus78() throws Exception {
        Packaged.Ended ended = Packaged.server("-Dquarkus.http.port=0");
        assertEquals(78, ended.status(), ended.output());
        assertEquals(
                "DATABASE_MISSING: No database is configured. Set QUARKUS_DATASOURCE_JDBC_URL."
                        + " (docs/errors.md#database_missing)",
                ended.output().strip());
    }

    @Test
    void start_withABrokenBundle_isOneLineAndStatus78() throws Exception {
        Path data = Packaged.data("broken-bundle");
        Packaged.Ended ended = Packaged.server(
                "-Dquarkus.profile=demo", "-Dtamis.data=" + data, "-Dtamis.policies=" + data, "-Dquarkus.http.port=0");
        assertEquals(78, ended.status(), ended.output());
        assertEquals(
                1,
                ended.output()
                        .lines()
                        .filter(line -> line.startsWith("POLICY_MISSING"))
                        .count());
    }
}
