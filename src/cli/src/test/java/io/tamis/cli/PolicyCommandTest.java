package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
import io.tamis.data.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PolicyCommandTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final String[] SUMS_AMOUNTS = {
        "explain", "--role", "MERCHANT", "--column", "orders#amount_cny", "--as-of", "2026-12-15", "--purpose",
        "CLV_MODELLING", "--context", "SANDBOX_OUTPUT", "--action", "AGGREGATE", "--cohort", "50", "--rho-micro",
    };

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... args) {
        var shell = new Shell(
                Map.of(),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z")),
                ROOT,
                false);
        return new CommandLine(new PolicyCommand(shell))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    shell.err().println(failure instanceof ClientException known ? known.advice() : failure);
                    return 2;
                })
                .execute(args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static String[] plus(String[] args, String... more) {
        return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
    }

    private void copyPolicies(String path, String from, String to) throws IOException {
        Path policies = ROOT.resolve("policies");
        try (Stream<Path> files = Files.walk(policies)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path copy = folder.resolve(policies.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path edited = folder.resolve(path);
        Files.writeString(edited, Files.readString(edited).replace(from, to));
    }

    @Test
    void check_ofTheRepositorysBundle_isOk() {
        assertEquals(0, run("check"));
        assertTrue(out().contains("9 datasets, "), this::out);
        assertTrue(out().contains("cases: 38 of 38 hold"), this::out);
        assertTrue(out().endsWith("ok\n"), this::out);
        assertEquals("", err());
    }

    @Test
    void check_inJson_isOneObject() {
        assertEquals(0, run("check", "--json"));
        JsonView view = JsonView.of(Json.parse(out().strip()));
        assertEquals("true", view.at("ok").text());
        assertEquals("38", view.at("cases").text());
        assertEquals(64, view.at("bundleHash").text().length());
    }

    @Test
    void check_ofABrokenFile_namesFilePointerAndLine() throws IOException {
        copyPolicies("datasets/cdnow.yaml", "minUsers: 50", "minUsers: 5");
        assertEquals(1, run("check", folder.toString()));
        assertTrue(err().startsWith("datasets/cdnow.yaml#/minUsers: "), this::err);
        assertTrue(err().contains("(line 11)"), this::err);
        assertEquals("not ok: 1 problem(s), 0 case(s) broken\n", out());
    }

    @Test
    void check_ofABrokenCase_saysWhatWasExpected() throws IOException {
        copyPolicies("access.yaml", "minCohort: 50", "minCohort: 60");
        assertEquals(1, run("check", folder.toString()));
        assertTrue(err().contains("case merchant-sums-amounts: expected PERMIT DP_AGGREGATE"), this::err);
        assertTrue(out().contains("cases: 33 of 38 hold"), this::out);
    }

    @Test
    void check_inJson_ofABrokenFile_carriesTheProblems() throws IOException {
        copyPolicies("budgets.yaml", "rhoMicro: 24355", "rhoMicro: 500000");
        assertEquals(1, run("check", folder.toString(), "--json"));
        JsonView problem = JsonView.of(Json.parse(out().strip())).at("problems").at(0);
        assertEquals("budgets.yaml", problem.at("file").text());
        assertEquals("/dataset/merchant/month", problem.at("pointer").text());
        assertEquals("", err());
    }

    @Test
    void check_ofNoFolder_isWrongUsage() {
        assertEquals(2, run("check", folder.resolve("none").toString()));
        assertTrue(err().startsWith("no such folder"), this::err);
    }

    @Test
    void explain_ofAPermit_saysTreatmentRuleAndLaw() {
        assertEquals(0, run(plus(SUMS_AMOUNTS, "24355")));
        assertTrue(out().startsWith("PERMIT as DP_AGGREGATE (DP_RELEASE)\n"), this::out);
        assertTrue(out().contains("AC-M-02 PERMIT DP_AGGREGATE, decides; PIPL-23, PIPL-24, PIPL-55"), this::out);
        assertTrue(out().contains("minCohort=50"), this::out);
    }

    @Test
    void explain_ofARefusal_exitsWithOne() {
        assertEquals(1, run(plus(SUMS_AMOUNTS, "24356")));
        assertTrue(out().startsWith("DENY REQUIREMENT_UNMET: maxRhoMicro\n"), this::out);
        assertTrue(out().endsWith("merchant is told POLICY_DENIED and nothing else\n"), this::out);
    }

    @Test
    void explain_ofAnOverride_showsBothRules() {
        assertEquals(1, run(plus(SUMS_AMOUNTS, "1", "--region", "ABROAD")));
        assertTrue(out().contains("AC-M-02 PERMIT DP_AGGREGATE, matches, does not decide"), this::out);
        assertTrue(out().contains("AC-X-03 DENY, decides"), this::out);
    }

    @Test
    void explain_withAttributes_needsNoColumn() {
        String[] args = {
            "explain",
            "--role",
            "SYSTEM_JOB",
            "--level",
            "L5",
            "--consent",
            "SEPARATE",
            "--pia",
            "APPROVED",
            "--purpose",
            "FRAUD_CONTROL",
            "--context",
            "SANDBOX_INPUT",
            "--action",
            "MATCH",
            "--json"
        };
        assertEquals(0, run(args));
        JsonView view = JsonView.of(Json.parse(out().strip()));
        assertEquals("PSEUDONYM", view.at("answer").at("treatment").text());
        assertEquals("AC-S-03", view.at("matches").at(0).at("id").text());
    }

    @Test
    void explain_withoutPurpose_isDeniedAsIncomplete() {
        assertEquals(1, run("explain", "--role", "MERCHANT", "--column", "orders#amount_cny"));
        assertTrue(out().startsWith("DENY ATTRIBUTE_MISSING\n"), this::out);
    }

    @Test
    void explain_today_usesTheClock() throws IOException {
        copyPolicies("datasets/orders.yaml", "2027-11-30", "2026-11-23");
        String[] args = {
            "explain",
            "--policies",
            folder.toString(),
            "--role",
            "MERCHANT",
            "--column",
            "orders#amount_cny",
            "--purpose",
            "CLV_MODELLING",
            "--context",
            "SANDBOX_INPUT",
            "--action",
            "COMPUTE"
        };
        assertEquals(1, run(args));
        assertTrue(out().startsWith("DENY REQUIREMENT_UNMET: pia\n"), this::out);
        assertTrue(out().endsWith("merchant is told PIA_MISSING and nothing else\n"), this::out);
    }

    @Test
    void explain_ofSomethingUndeclared_isWrongUsage() {
        assertEquals(2, run("explain", "--column", "orders#phone", "--purpose", "ATTRIBUTION"));
        assertEquals(2, run("explain", "--column", "sales#amount"));
        assertEquals(2, run("explain", "--column", "orders"));
        assertEquals(2, run("explain", "--column", "orders#amount_cny", "--pia", "APPROVED"));
        assertEquals(2, run("explain", "--column", "orders#amount_cny", "--purpose", "ATTRIBUTION", "--as-of", "soon"));
        assertEquals(2, run("explain", "--cohort", "-1"));
        assertEquals(2, run("explain", "--role", "ADVERTISER"));
    }

    @Test
    void explain_underABrokenBundle_decidesNothing() throws IOException {
        copyPolicies("access.yaml", "combining: DENY_OVERRIDES", "combining: ANY");
        assertEquals(2, run("explain", "--policies", folder.toString(), "--role", "MERCHANT"));
        assertTrue(err().contains("access.yaml#/combining"), this::err);
        assertEquals("", out());
    }
}
