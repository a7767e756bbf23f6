package io.tamis.cli.demo;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.BearerToken;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.JsonView;
import io.tamis.log.Checkpoint;
import io.tamis.log.SignedNote;
import io.tamis.log.TlogProof;
import io.tamis.log.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The last scenes: what outsiders can check without trusting the service. */
final class Audit {
    private final ApiClient client;
    private final Auditor auditor;
    private final Path export;
    private final Path forged;

    Audit(ApiClient client, DataDir data, Auditor auditor, String run) {
        this.client = client;
        this.auditor = auditor;
        this.export = data.path().resolve("audit-" + run);
        this.forged = data.path().resolve("audit-" + run + "-forged");
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
        return Outcome.check(
                names && signed && proof.verifies(key),
                "entry " + proof.index() + " is in the signed tree: "
                        + proof.path().size() + " hashes and a signature, checked on this side",
                "the receipt does not verify");
    }

    /** The officer downloads everything and verifies it without the service. */
    Outcome verify(BearerToken officer) {
        auditor.export(client.as(officer), export);
        var finding = auditor.verify(export, verifierKey());
        return Outcome.check(finding.ok(), finding.said(), finding.said());
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

    private String verifierKey() {
        return client.get("/v1/ledger/key").orRefused().text().strip();
    }
}
