package io.tamis.cli.demo;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.DemoIssuer;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.OwnerOnly;
import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.holder.GroupId;
import io.tamis.holder.OpeningLimit;
import io.tamis.holder.PartyKey;
import io.tamis.holder.ProfileName;
import io.tamis.holder.Roster;
import io.tamis.log.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The demonstration's key holders: three processes with a key store and a log each, of whom any two can open a sum. They show
 * the code path, not trust: holders on one machine are one operator.
 */
final class KeyHolders implements AutoCloseable {
    static final List<PartyId> HOLDERS =
            List.of(new PartyId("notary-1"), new PartyId("notary-2"), new PartyId("notary-3"));

    private static final int THRESHOLD = 2;
    private static final Duration KEY_PATIENCE = Duration.ofMinutes(3);
    private static final Duration CEREMONY_PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final String ACTIVE = "ACTIVE";

    private final Path folder;
    private final Map<PartyId, OwnProcess> agents = new LinkedHashMap<>();

    KeyHolders(Path data) {
        this.folder = data.resolve("holders");
    }

    /** The roster's file, the same for everybody here. */
    Path roster() {
        return folder.resolve("roster.json");
    }

    /** A platform's own folder. */
    Path platform(PartyId party) {
        return folder.resolve(party.value());
    }

    /** Makes everybody's keys and the roster, starts the holders, and waits until they have made a key together. */
    Outcome makeKey(Stage stage) {
        Instant begun = stage.shell().clock().instant();
        try {
            boolean earlier = Files.exists(roster());
            if (!earlier) {
                Files.createDirectories(folder);
                Files.write(roster(), agreed(stage).toJson().canonicalBytes());
            }
            Roster roster = Roster.parse(Files.readAllBytes(roster()));
            HOLDERS.forEach(holder -> start(stage, holder));
            ApiClient officer = as(stage, new PartyId("audit-office"), Role.COMPLIANCE_OFFICER);
            if (!hasKey(officer, roster)) {
                officer.post("/v1/key-ceremonies", roster.toJson()).orRefused();
            }
            boolean made = waited(stage, CEREMONY_PATIENCE, () -> hasKey(officer, roster));
            return Outcome.check(
                    made,
                    "3 processes, each with a store of its own, "
                            + (earlier
                                    ? "hold the key that they made in an earlier run"
                                    : "made one key in " + stage.seconds(begun)
                                            + " s that no single one of them has; any 2 of them open a sum"),
                    "the holders have made no key; their logs are in " + folder);
        } catch (IOException full) {
            throw ClientException.usage("cannot write " + folder);
        }
    }

    private boolean hasKey(ApiClient officer, Roster roster) {
        return officer.get("/v1/key-epochs").orRefused().view().at("items").items().stream()
                .anyMatch(epoch -> epoch.at("state").text().equals(ACTIVE)
                        && epoch.at("rosterHash").text().equals(roster.hash().hex()));
    }

    /** What all parties agree on, each having made its own keys. */
    private Roster agreed(Stage stage) throws IOException {
        Map<PartyId, OwnProcess> making = new LinkedHashMap<>();
        for (PartyId holder : HOLDERS) {
            making.put(
                    holder,
                    OwnProcess.start(
                            stage,
                            line(holder),
                            OwnProcess.Life.BRIEF,
                            List.of(
                                    "holder",
                                    "init",
                                    "--store",
                                    folder.resolve(holder.value()).toString(),
                                    "--party",
                                    holder.value(),
                                    "--json")));
        }
        for (PartyId party : Tagging.PLATFORMS) {
            Files.createDirectories(platform(party));
            making.put(
                    party,
                    OwnProcess.start(
                            stage,
                            line(party),
                            OwnProcess.Life.BRIEF,
                            List.of(
                                    "tags",
                                    "key",
                                    platform(party).resolve("keys.bcfks").toString(),
                                    "--password-file",
                                    platform(party).resolve("password").toString(),
                                    "--party",
                                    party.value())));
        }
        for (var entry : making.entrySet()) {
            try (var process = entry.getValue()) {
                if (!process.endsWell(KEY_PATIENCE)) {
                    throw ClientException.usage(entry.getKey() + " could not make its keys: " + line(entry.getKey()));
                }
            }
        }
        return roster(stage);
    }

    private Roster roster(Stage stage) throws IOException {
        var holders = new ArrayList<Roster.Holder>();
        for (PartyId holder : HOLDERS) {
            JsonView made = made(holder);
            holders.add(new Roster.Holder(
                    holder,
                    PartyKey.parse(made.at("key").text()),
                    PartyKey.parse(made.at("sealKey").text())));
        }
        var platforms = new ArrayList<Roster.Platform>();
        for (PartyId party : Tagging.PLATFORMS.stream().sorted().toList()) {
            platforms.add(new Roster.Platform(
                    party, PartyKey.parse(made(party).at("key").text())));
        }
        List<VerifierKey> ledger = stage.client()
                .get("/v1/ledger/key")
                .orRefused()
                .text()
                .lines()
                .map(VerifierKey::parse)
                .toList();
        return new Roster(
                new GroupId("demo"),
                new ProfileName("AGG-8192"),
                THRESHOLD,
                holders,
                platforms,
                ticketKey(stage),
                ledger,
                List.of(),
                new OpeningLimit(1_024, 40));
    }

    /** The key the service signs tickets with, which its operator tells the others: {@code ./tamis keys ticket-key}. */
    private static PartyKey ticketKey(Stage stage) throws IOException {
        Path keys = stage.data().issuerKey().resolveSibling("demo.bcfks");
        byte[] text =
                Files.readString(keys.resolveSibling("demo-password")).strip().getBytes(StandardCharsets.UTF_8);
        try (var password = SecretBytes.copyOf(text)) {
            return PartyKey.of(BcfksKeyProvider.open(keys, password).publicKey(KeyName.TICKET_SIGNING));
        }
    }

    /** What a party printed when it made its keys: its line of the roster. */
    private JsonView made(PartyId party) throws IOException {
        String line = Files.readAllLines(line(party)).stream()
                .filter(text -> text.startsWith("{"))
                .findFirst()
                .orElseThrow(() -> new IOException("no line"));
        return JsonView.of(Json.parse(line));
    }

    private Path line(PartyId party) {
        return folder.resolve(party + ".line");
    }

    /** Starts a holder, again when it was killed: it goes on from its own store. */
    void start(Stage stage, PartyId holder) {
        OwnProcess before = agents.remove(holder);
        if (before != null) {
            before.close();
        }
        var words = new ArrayList<>(List.of(
                "holder",
                "agent",
                "--store",
                folder.resolve(holder.value()).toString(),
                "--roster",
                roster().toString(),
                "--policy",
                stage.shell().root().resolve("policies").toString(),
                "--poll-seconds",
                "1"));
        words.addAll(connection(stage, holder, Role.KEY_HOLDER));
        agents.put(holder, OwnProcess.start(stage, folder.resolve(holder + ".log"), OwnProcess.Life.COMPUTING, words));
    }

    /** Ends a holder as a power cut would. */
    void kill(PartyId holder) {
        agents.get(holder).kill();
    }

    /** The words that connect a process of this party with the service. */
    List<String> connection(Stage stage, PartyId party, Role role) {
        var issuer = DemoIssuer.of(stage.data());
        var token = Cast.token(issuer, stage.shell().clock().instant(), party, role, "operations");
        Path file = folder.resolve(party + "." + role.token() + ".token");
        try (var out = OwnerOnly.file(file)) {
            out.write(token.reveal().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException full) {
            throw ClientException.usage("cannot write " + file);
        }
        return List.of("--url", stage.client().url().toString(), "--token-file", file.toString());
    }

    private static ApiClient as(Stage stage, PartyId party, Role role) {
        var issuer = DemoIssuer.of(stage.data());
        return stage.client().as(Cast.token(issuer, stage.shell().clock().instant(), party, role, "compliance"));
    }

    /** True once it is so, in that time. */
    static boolean waited(Stage stage, Duration patience, BooleanSupplier condition) {
        Instant last = stage.shell().clock().instant().plus(patience);
        boolean so = condition.getAsBoolean();
        while (!so && stage.shell().clock().instant().isBefore(last)) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            so = condition.getAsBoolean();
        }
        return so;
    }

    @Override
    public void close() {
        agents.values().forEach(OwnProcess::close);
    }
}
