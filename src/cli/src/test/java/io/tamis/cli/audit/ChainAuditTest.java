package io.tamis.cli.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.chain.Notarised;
import io.tamis.data.Json;
import io.tamis.log.EventType;
import io.tamis.log.Witnesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log against what a chain holds of it. */
class ChainAuditTest {
    @TempDir
    private Path folders;

    private AuditReport verify(LogBook log, Notarised chain, Optional<Path> state) throws IOException {
        Path export = Files.createTempDirectory(folders, "log");
        log.write(export);
        return AuditVerification.verify(
                new AuditRequest(List.of(export), List.of(LogBook.KEY), Witnesses.none(), Optional.of(chain), state, 0),
                entries -> {});
    }

    private AuditReport verify(LogBook log, Notarised chain) throws IOException {
        return verify(log, chain, Optional.empty());
    }

    private static List<Finding.Kind> kinds(AuditReport report) {
        return report.findings().stream().map(Finding::kind).toList();
    }

    private static LogBook honest() {
        return LogBook.honest();
    }

    private static LogBook forked() {
        return LogBook.honest().edit(0, event -> event.with("note", Json.of("other")));
    }

    @Test
    void log_anchoredAsAWhole_isValid() throws IOException {
        AuditReport report = verify(honest(), new MemoryChain().with(honest().head()));
        assertEquals(List.of(), report.findings());
        assertEquals(AuditReport.Verdict.VALID, report.verdict());
        assertEquals(Optional.of(honest().head()), report.evidence().chain().agreed());
    }

    /** The honest answer about the window before anchoring: which entries it is. */
    @Test
    void log_anchoredInPart_saysWhatIsNot() throws IOException {
        AuditReport report =
                verify(honest(), new MemoryChain().with(honest().first(5).head()));
        assertEquals(List.of(Finding.Kind.NOT_ANCHORED), kinds(report));
        assertEquals(
                "entries 5 to 6 are not anchored yet",
                report.findings().getFirst().detail());
        assertEquals(AuditReport.Verdict.INCOMPLETE, report.verdict());
    }

    @Test
    void log_notKnownToTheContract_isNotAnchoredAtAll() throws IOException {
        AuditReport report = verify(honest(), new MemoryChain());
        assertEquals(
                "entries 0 to 6 are not anchored yet: nothing under this log id, check it",
                report.findings().getFirst().detail());
        assertEquals(AuditReport.Verdict.INCOMPLETE, report.verdict());
        assertTrue(report.lines().contains("chain      holds nothing under this log id: check it"));
    }

    /** What is signed again after an edit, with every key, meets the chain. */
    @Test
    void log_thatIsNotTheAnchoredOne_isInvalid() throws IOException {
        for (int size = 1; size <= 7; size++) {
            AuditReport report =
                    verify(forked(), new MemoryChain().with(honest().first(size).head()));
            assertTrue(kinds(report).contains(Finding.Kind.ANCHOR_DIFFERS), "anchored at " + size);
            assertEquals(AuditReport.Verdict.INVALID, report.verdict());
        }
    }

    /** Edits after the newest anchor are not found, and the report says so: nobody can. */
    @Test
    void log_editedAfterItsNewestAnchor_isReportedAsNotAnchored() throws IOException {
        LogBook edited = honest().edit(6, event -> event.with("note", Json.of("other")));
        AuditReport report =
                verify(edited, new MemoryChain().with(honest().first(6).head()));
        assertEquals(List.of(Finding.Kind.NOT_ANCHORED), kinds(report));
        assertEquals(
                "entries 6 to 6 are not anchored yet",
                report.findings().getFirst().detail());
    }

    @Test
    void log_smallerThanTheChainKnows_isComparedAtAnEarlierAnchor() throws IOException {
        var chain = new MemoryChain().with(honest().first(4).head()).with(honest().head());
        AuditReport report = verify(honest().first(5), chain);
        assertEquals(List.of(Finding.Kind.LOG_BEHIND_CHAIN, Finding.Kind.NOT_ANCHORED), kinds(report));
        assertEquals(AuditReport.Verdict.INCOMPLETE, report.verdict());
        assertTrue(kinds(verify(forked().first(5), chain)).contains(Finding.Kind.ANCHOR_DIFFERS));
    }

    @Test
    void node_thatDoesNotAnswer_leavesTheAuditIncomplete() throws IOException {
        var chain = new MemoryChain().with(honest().head()).silent();
        AuditReport report = verify(honest(), chain);
        assertEquals(List.of(Finding.Kind.CHAIN_UNREADABLE), kinds(report));
        assertEquals(AuditReport.Verdict.INCOMPLETE, report.verdict());
        assertTrue(report.lines().contains("chain      not read: nothing is known of what it holds"));
        assertTrue(report.toJson().canonical().contains("\"told\":\"NOT_READ\""));
    }

    /** What the chain says must be findable on it: block and time of the newest anchor. */
    @Test
    void report_ofALogOnAChain_namesTheNewestAnchor() throws IOException {
        AuditReport report = verify(honest(), new MemoryChain().with(honest().head()));
        assertTrue(
                report.lines()
                        .contains("chain      newest anchor is of 7 entries, in block 7 at 1970-01-01T00:00:00Z;"
                                + " holds this log's root of 7 entries"),
                () -> report.lines().toString());
        assertTrue(report.lines().contains("witnesses  not asked (--witness)"));
    }

    /** A node that is silent for once does not make the state forget what was held against the chain. */
    @Test
    void chain_thatWasSilentInBetween_isHeldToItsEarlierAnchor() throws IOException {
        Optional<Path> state = Optional.of(folders.resolve("state"));
        verify(honest(), new MemoryChain().with(honest().head()), state);
        verify(honest(), new MemoryChain().silent(), state);
        AuditReport report = verify(honest(), new MemoryChain(), state);
        assertTrue(
                kinds(report).contains(Finding.Kind.ANCHOR_DIFFERS),
                () -> kinds(report).toString());
    }

    /** A fresh chain, or another one with the same number, no longer holds what an earlier audit saw. */
    @Test
    void chain_thatForgotAnAnchor_isInvalid() throws IOException {
        Optional<Path> state = Optional.of(folders.resolve("state"));
        assertEquals(
                AuditReport.Verdict.VALID,
                verify(honest(), new MemoryChain().with(honest().head()), state).verdict());
        LogBook grown = honest().plain(EventType.JOB_FINISHED, 1);
        AuditReport report = verify(grown, new MemoryChain().with(grown.head()), state);
        assertEquals(List.of(Finding.Kind.ANCHOR_DIFFERS), kinds(report));
        AuditReport well = verify(grown, new MemoryChain().with(honest().head()).with(grown.head()), state);
        assertEquals(List.of(), well.findings());
    }

    /** An anchor inside what an earlier run without a chain verified cannot be compared from its state. */
    @Test
    void anchor_beforeTheState_isNotPassedAsCompared() throws IOException {
        Optional<Path> state = Optional.of(folders.resolve("state"));
        Path export = Files.createTempDirectory(folders, "log");
        honest().write(export);
        AuditVerification.verify(
                new AuditRequest(List.of(export), List.of(LogBook.KEY), Witnesses.none(), Optional.empty(), state, 0),
                entries -> {});
        AuditReport report =
                verify(honest(), new MemoryChain().with(honest().first(3).head()), state);
        assertEquals(List.of(Finding.Kind.ANCHOR_NOT_COMPARED, Finding.Kind.NOT_ANCHORED), kinds(report));
    }
}
