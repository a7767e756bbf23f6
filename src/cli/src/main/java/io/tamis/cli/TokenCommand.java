package io.tamis.cli;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.DemoIssuer;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Shell;
import io.tamis.data.Actor;
import io.tamis.data.DataException;
import io.tamis.data.DepartmentId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a bearer token with the demonstration issuer's key. */
@Command(
        name = "token",
        description = {
            "Make a bearer token of the demonstration issuer.",
            "It needs the key that a demonstration server made at its first start (<data-dir>/keys/demo-issuer.jwk);",
            "a production service takes tokens of its OIDC issuer only."
        })
final class TokenCommand implements Callable<Integer> {
    private static final Pattern TTL = Pattern.compile("([1-9][0-9]{0,3})([mhd])");
    private static final Duration TTL_MAX = Duration.ofDays(30);

    private final Shell shell;

    @Option(
            names = "--role",
            required = true,
            description = "merchant, platform, key-holder, policy-author, compliance-officer, committee-member,"
                    + " data-subject, operator")
    String role;

    @Option(names = "--party", required = true, description = "the company, for example brand-a")
    String party;

    @Option(names = "--person", required = true, description = "a code of the person, never a name")
    String person;

    @Option(names = "--department", required = true, description = "the person's department")
    String department;

    @Option(names = "--subject", description = "for data-subject: whose data")
    Optional<String> subject = Optional.empty();

    @Option(names = "--ttl", defaultValue = "12h", description = "life time: 30m, 12h, 7d (default 12h, at most 30d)")
    String ttl;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "data directory of the demonstration server")
    Optional<Path> dataDir = Optional.empty();

    @Option(names = "--json", description = "print {token, expiresAt}")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    boolean help;

    TokenCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Actor actor = actor();
        Duration timeToLive = timeToLive();
        var now = shell.clock().instant();
        var token = DemoIssuer.of(DataDir.find(dataDir, shell.root())).issue(actor, subject, now, timeToLive);
        if (json) {
            String expiresAt =
                    now.plus(timeToLive).truncatedTo(ChronoUnit.SECONDS).toString();
            shell.out()
                    .println(Json.object()
                            .put("token", token.reveal())
                            .put("expiresAt", expiresAt)
                            .build()
                            .canonical());
        } else {
            shell.out().println(token.reveal());
        }
        return ExitCode.DONE.number();
    }

    private Actor actor() {
        Role known = Role.fromToken(role)
                .orElseThrow(() -> ClientException.usage("--role must be one of "
                        + Arrays.stream(Role.values()).map(Role::token).collect(Collectors.joining(", "))));
        try {
            return new Actor(new PartyId(party), new PersonId(person), known, new DepartmentId(department));
        } catch (DataException malformed) {
            throw ClientException.usage(
                    "--party and --department are lower-case words with hyphens (brand-a), --person is"
                            + " a code of letters and digits (u-1044)");
        }
    }

    private Duration timeToLive() {
        var match = TTL.matcher(ttl);
        if (!match.matches()) {
            throw ClientException.usage("--ttl must look like 30m, 12h or 7d");
        }
        long amount = Long.parseLong(match.group(1));
        Duration parsed = switch (match.group(2)) {
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
        if (parsed.compareTo(TTL_MAX) > 0) {
            throw ClientException.usage("--ttl may be at most 30d");
        }
        return parsed;
    }
}
