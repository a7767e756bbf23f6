package io.tamis.cli.demo;

import io.tamis.data.PartyId;
import io.tamis.data.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The platforms encrypt their tags: each in a process of its own, from its own file, with its own key. */
final class Tagging {
    /** In the order in which they are told. */
    static final List<PartyId> PLATFORMS = List.of(Companies.SHOP, Companies.VIDEO, Companies.MESSENGER);

    /** What each of them calls its own tag: 1 for who has at least so many friends, follows or contacts. */
    static final String TAG = "well_connected";

    static final int MANY = 100;

    private static final Map<PartyId, String> COLUMNS = Map.of(
            Companies.SHOP, "friends",
            Companies.VIDEO, "follows",
            Companies.MESSENGER, "contacts");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Stage stage;
    private final KeyHolders holders;

    Tagging(Stage stage, KeyHolders holders) {
        this.stage = stage;
        this.holders = holders;
    }

    static String dataset(PartyId platform) {
        return platform + "-users";
    }

    /** Three platforms at once: commit, be audited, encrypt, upload. */
    Outcome encryptAll() {
        Instant begun = stage.shell().clock().instant();
        boolean earlier = PLATFORMS.stream().allMatch(party -> Files.exists(work(party)));
        var running = new LinkedHashMap<PartyId, OwnProcess>();
        PLATFORMS.forEach(party -> running.put(party, start(party)));
        try {
            for (var entry : running.entrySet()) {
                if (!entry.getValue().endsWell(PATIENCE)) {
                    return new Outcome.Failed(
                            entry.getKey() + " has not uploaded its tags; its log is " + log(entry.getKey()));
                }
            }
        } finally {
            running.values().forEach(OwnProcess::close);
        }
        return new Outcome.Passed(
                "shop, video and messenger, a process each, "
                        + (earlier
                                ? "find all uploaded that they encrypted in an earlier run: who is " + TAG
                                : "encrypted and uploaded who is " + TAG + " in " + stage.seconds(begun) + " s"),
                List.of(
                        "the service has "
                                + String.join(
                                        ", ", COLUMNS.values().stream().sorted().toList())
                                + " of nobody: ./tamis dataset load left these columns out",
                        "the holders looked into 63 of 64 candidates of every ciphertext's public half before one was taken"));
    }

    private OwnProcess start(PartyId party) {
        Path own = holders.platform(party);
        var words = new ArrayList<>(List.of(
                "tags",
                "run",
                "--dataset",
                dataset(party),
                "--version",
                "1",
                "--work",
                work(party).toString(),
                "--keys",
                own.resolve("keys.bcfks").toString(),
                "--password-file",
                own.resolve("password").toString(),
                "--roster",
                holders.roster().toString(),
                "--policy",
                stage.shell().root().resolve("policies").toString(),
                "--tag",
                TAG + "=" + COLUMNS.get(party) + ">=" + MANY,
                "--csv",
                stage.sample("three-platforms", dataset(party) + ".csv").toString(),
                "--wait",
                Long.toString(PATIENCE.toSeconds())));
        words.addAll(holders.connection(stage, party, Role.PLATFORM));
        return OwnProcess.start(stage, log(party), OwnProcess.Life.COMPUTING, words);
    }

    private Path work(PartyId party) {
        return holders.platform(party).resolve("work");
    }

    private Path log(PartyId party) {
        return holders.platform(party).resolve("tags.log");
    }
}
