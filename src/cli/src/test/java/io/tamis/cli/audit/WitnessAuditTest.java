package io.tamis.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.data.Hash;
import io.tamis.log.NoteKeyType;
import io.tamis.log.NoteSigner;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.Witnesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log against the witnesses of an auditor's choice. */
class WitnessAuditTest {
    private static final Instant AT = Instant.parse("2026-11-24T05:00:00Z");
    private static final NoteSigner ONE = witness("witness.example/w1");
    private static final NoteSigner TWO = witness("witness.example/w2");

    @TempDir
    private Path export;

    private SignedNote note;

    private static NoteSigner witness(String name) {
        return new NoteSigner(new Origin(name), NoteKeyType.COSIGNATURE, new SigningKeys(), KeyName.WITNESS_SIGNING);
    }

    @BeforeEach
    void write() throws IOException {
        LogBook.honest().write(export);
        note = SignedNote.parse(Files.readAllBytes(export.resolve("checkpoint")));
    }

    private AuditReport verify(int quorum, SignedNote.Signature... lines) throws IOException {
        byte[] before = Files.readAllBytes(export.resolve("checkpoint"));
        byte[] after = note.with(List.of(lines)).encoded().getBytes(UTF_8);
        Files.write(export.resolve("checkpoint"), after);
        Path manifest = export.resolve("MANIFEST");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace(Hash.sha256(before).hex(), Hash.sha256(after).hex()));
        return AuditVerification.verify(
                new AuditRequest(
                        List.of(export),
                        List.of(LogBook.KEY),
                        new Witnesses(List.of(ONE.verifierKey(), TWO.verifierKey()), quorum),
                        Optional.empty(),
                        Optional.empty(),
                        0),
                entries -> {});
    }

    private static List<Finding.Kind> kinds(AuditReport report) {
        return report.findings().stream().map(Finding::kind).toList();
    }

    @Test
    void log_cosignedByEnough_isValid() throws IOException {
        AuditReport report = verify(1, ONE.sign(note.text(), AT));
        assertEquals(
                AuditReport.Verdict.VALID,
                report.verdict(),
                () -> report.findings().toString());
        assertTrue(report.lines().contains("witnesses  1 of 2 have cosigned, 1 needed"));
    }

    @Test
    void log_cosignedByTooFew_isIncomplete() throws IOException {
        AuditReport report = verify(2, ONE.sign(note.text(), AT));
        assertEquals(List.of(Finding.Kind.WITNESSES_MISSING), kinds(report));
        assertEquals(AuditReport.Verdict.INCOMPLETE, report.verdict());
        assertEquals(AuditReport.Verdict.INCOMPLETE, verify(1).verdict());
    }

    /** A line of another checkpoint under a known witness's name, though enough others are right. */
    @Test
    void log_cosignedWrongly_isInvalid() throws IOException {
        AuditReport report = verify(1, ONE.sign(note.text(), AT), TWO.sign("other\n", AT));
        assertEquals(List.of(Finding.Kind.WITNESS_WRONG), kinds(report));
        assertEquals(AuditReport.Verdict.INVALID, report.verdict());
    }
}
