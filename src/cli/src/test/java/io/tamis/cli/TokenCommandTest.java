package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.TestKey;
import io.tamis.cli.client.TestShell;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {
    @TempDir
    Path folder;

    private TestShell shell;

    @BeforeEach
    void key() throws Exception {
        shell = new TestShell(folder);
        TestKey.write(new DataDir(folder.resolve(".tamis")));
    }

    @Test
    void token_everythingGiven_printsOneLineThatIsTheToken() {
        assertEquals(
                0, run("--role", "merchant", "--party", "brand-a", "--person", "u-1", "--department", "marketing"));
        assertEquals(1, shell.out().lines().count());
        assertTrue(claims(shell.out().strip()).contains("\"groups\":[\"merchant\"]"));
    }

    @Test
    void token_asJson_tellsWhenItEnds() {
        assertEquals(
                0,
                run(
                        "--role",
                        "operator",
                        "--party",
                        "p",
                        "--person",
                        "u",
                        "--department",
                        "d",
                        "--ttl",
                        "30m",
                        "--json"));
        var fields = new JsonFields(Json.parse(shell.out().strip()));
        assertEquals("2026-11-24T08:30:00Z", fields.string("expiresAt", 64));
        assertTrue(claims(fields.string("token", 4096)).contains("\"exp\":1795509000"));
    }

    @ParameterizedTest
    @CsvSource({"30m,1795509000", "12h,1795550400", "7d,1796112000"})
    void ttl_eachUnit_movesTheEnd(String ttl, String end) {
        assertEquals(0, run("--role", "merchant", "--party", "p", "--person", "u", "--department", "d", "--ttl", ttl));
        assertTrue(claims(shell.out().strip()).contains("\"exp\":" + end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0h", "12", "h", "-1h", "1.5h", "31d", "99999h"})
    void ttl_malformedOrTooLong_isWrongUsage(String ttl) {
        assertEquals(
                2, run("--role", "merchant", "--party", "p", "--person", "u", "--department", "d", "--ttl=" + ttl));
    }

    @Test
    void role_unknown_listsTheKnownOnes() {
        assertEquals(2, run("--role", "king", "--party", "p", "--person", "u", "--department", "d"));
        assertTrue(shell.err().contains("compliance-officer"));
    }

    @Test
    void party_malformed_isWrongUsage() {
        assertEquals(2, run("--role", "merchant", "--party", "Brand A", "--person", "u", "--department", "d"));
    }

    @Test
    void key_missing_isRefusedWithAClearLine() {
        assertEquals(
                77,
                run(
                        "--role",
                        "merchant",
                        "--party",
                        "p",
                        "--person",
                        "u",
                        "--department",
                        "d",
                        "--data-dir",
                        folder.resolve("elsewhere").toString()));
        assertTrue(shell.err().startsWith("ISSUER_MISSING: "));
    }

    private int run(String... options) {
        var line = new String[options.length + 1];
        line[0] = "token";
        System.arraycopy(options, 0, line, 1, options.length);
        return TamisCli.run(shell.shell(), line);
    }

    private static String claims(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }
}
