package io.tamis.cli.demo;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.BearerToken;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JsonView;
import io.tamis.data.CollaborationId;
import io.tamis.data.Json;
import io.tamis.log.Checkpoint;
import io.tamis.log.SignedNote;
import io.tamis.log.TlogProof;
import io.tamis.log.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The last scenes: what outsiders can check without trusting the service. */
final class Audit {
    private static final String ENTRIES = "entries.jsonl";

    private final ApiClient client;
    private final Auditor auditor;
    private final Path export;
    private final Path forged;
    private final Path data;

    Audit(Stage stage, Auditor auditor) {
        this.client = stage.client();
        this.auditor = auditor;
        this.data = stage.data().path();
        this.export = stage.data().path().resolve("audit-" + stage.run());
        this.forged = stage.data().path().resolve("audit-" + stage.run() + "-forged");
    }

    /** The merchant's receipt, checked here against the log's key; the service is not asked whether it is true. */
    Outcome receipt(JsonView envelope) {
        var receipt = envelope.at("receipt");
        var key = VerifierKey.parse(verifierKey());
        var proof = TlogProof.parse(receipt.at("tlogProof").text());
        boolean names =
                proof.entry().id().toString().equals(receipt.at("eventId").text())
                        && proof.index() == receipt.at("index").integer().orElse(-1);
        var current = client.get("/v1/ledger/checkpoint").orRefused();
        boolean signed = Checkpoint.open(SignedNote.parse(current.text().getBytes(StandardCharsets.UTF_8)), key)
                .filter(checkpoint -> checkpoint.head().size() > proof.index())
                .isPresent();
        keep("receipt.txt", proof.text());
        keep("receipt.key", key + "\n");
        return Outcome.check(
                names && signed && proof.verifies(key),
                "entry " + proof.index() + " is in the signed tree: "
                        + proof.path().size()
                        + " hashes and a signature, checked on this side; kept as receipt.txt for /verify",
                "the receipt does not verify");
    }

    /** The same receipt under the checkpoint that the chain has, once it has: a reader of it can ask the chain. */
    void keepAnchored(ApiClient merchant, JsonView envelope) {
        String event = envelope.at("receipt").at("eventId").text();
        if (merchant.get("/v1/ledger/entries/" + event + "/proof?at=anchored") instanceof Answer.Ok ok
                && ok.status() == 200) {
            keep("receipt.txt", ok.text());
        }
    }

    /** The officer downloads everything and verifies it without the service. */
    Outcome verify(BearerToken officer) {
        auditor.export(client.as(officer), export);
        var finding = auditor.verify(export, verifierKey());
        return Outcome.check(finding.ok(), finding.said(), finding.said());
    }

    /** The verified export says of the closed agreement that its keys are no more. */
    Outcome keysDestroyed(CollaborationId closed) {
        long keys = 0;
        try (Stream<String> lines = Files.lines(export.resolve(ENTRIES))) {
            keys = lines.map(line -> JsonView.of(Json.parse(line)).at("event"))
                    .filter(event -> event.at("type").text().equals("key.destroyed")
                            && event.at("collaborationId").text().equals(closed.value()))
                    .mapToLong(event -> event.at("keyIds").items().size())
                    .sum();
        } catch (IOException | UncheckedIOException unreadable) {
            throw ClientException.usage("cannot read the export in " + export);
        }
        return Outcome.check(
                keys > 0,
                "the verified entries name " + keys
                        + " keys of the closed agreement as destroyed, pseudonym key and links",
                "no entry says that a key of the closed agreement was destroyed");
    }

    /** A copy with one changed digit is caught, and the place is named; what was downloaded then goes. */
    Outcome catchForgery() {
        long entry = Tampering.forge(export, forged);
        var finding = auditor.verify(forged, verifierKey());
        boolean caught = !finding.ok() && finding.said().contains("entr");
        if (caught) {
            // Kept after a failure only: whoever looks for its cause needs them.
            Tampering.delete(forged);
            Tampering.delete(export);
        }
        return Outcome.check(
                caught,
                "one digit of entry " + entry + " changed in a copy: " + finding.said(),
                "a forged copy was not caught, or its place not named: " + finding.said());
    }

    /** Left for the reader to check in a browser. */
    private void keep(String name, String text) {
        try {
            Files.writeString(data.resolve(name), text);
        } catch (IOException full) {
            throw ClientException.usage("cannot write " + data.resolve(name));
        }
    }

    private String verifierKey() {
        return client.get("/v1/ledger/key")
                .orRefused()
                .text()
                .lines()
                .findFirst()
                .orElse("");
    }
}
