package io.tamis.cli.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.audit.AuditReport.Verdict;
import io.tamis.cli.audit.Finding.Kind;
import io.tamis.data.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever writes the service's tables could do to an agreement, as an honest service would then log it. */
class MembershipAuditTest {
    private static final LogPact PACT = LogPact.of("col_1", List.of("shop", "video", "brand-a"));
    private static final String STRANGER = "brand-b";
    private static final int RHO = 1_000;

    /** Each thing that takes membership, done by a party. */
    private static final Map<String, Act> ACTS = Map.of(
            "attaches", (log, party) -> PACT.changed(log, party, "ATTACHED"),
            "rotates", (log, party) -> PACT.changed(log, party, "KEY_ROTATED"),
            "makes a key", PACT::keyed,
            "asks", (log, party) -> job(log.tenant(party), party));

    @TempDir
    Path folders;

    private int written;

    private interface Act {
        LogBook of(LogBook log, String party);
    }

    @Test
    void agreement_thatAllSigned_isValidWhateverItsMembersDo() {
        var log = agreed();
        ACTS.forEach((name, act) -> act.of(log, "brand-a"));
        assertEquals(List.of(), verify(log).findings());
    }

    @Test
    void agreement_thatAMemberLeft_goesOnForTheOthers() {
        var log = PACT.changed(agreed(), "video", "WITHDRAWN");
        ACTS.forEach((name, act) -> act.of(log, "brand-a"));
        assertEquals(List.of(), verify(log).findings());
    }

    @Test
    void memberThatTheTermsDoNotName_isFoundWhateverItDoes() {
        ACTS.forEach((name, act) -> {
            only(Kind.COLLABORATION_NOT_MEMBER, act.of(agreed(), STRANGER));
            // Signed on top, as the service would log it for a row that somebody inserted.
            only(Kind.COLLABORATION_NOT_MEMBER, act.of(PACT.signed(agreed(), STRANGER), STRANGER));
        });
    }

    @Test
    void forgedSignature_isFoundWhateverItsPartyDoes_andWhoeverElse() {
        ACTS.forEach((name, act) -> {
            only(Kind.COLLABORATION_NOT_MEMBER, act.of(signedBy("shop", "video"), "brand-a"));
            only(Kind.COLLABORATION_UNSIGNED, act.of(signedBy("shop", "video"), "shop"));
        });
    }

    @Test
    void memberThatLeft_isFoundWhateverItDoes() {
        ACTS.forEach((name, act) ->
                only(Kind.COLLABORATION_NOT_MEMBER, act.of(PACT.changed(agreed(), "brand-a", "WITHDRAWN"), "brand-a")));
    }

    @Test
    void signatureAfterLeaving_isFound() {
        only(Kind.COLLABORATION_NOT_MEMBER, PACT.signed(PACT.changed(agreed(), "video", "WITHDRAWN"), "video"));
    }

    @Test
    void signatureOfOtherTerms_isFound_andIsNone() {
        var other = new LogPact("col_1", List.of("shop", "video", "brand-a", STRANGER), PACT.purposes());
        var log = PACT.keyed(PACT.signed(signedBy("shop", "video"), "brand-a", other.hash()), "shop");
        assertEquals(Set.of(Kind.COLLABORATION_TERMS_DIFFER, Kind.COLLABORATION_UNSIGNED), kinds(verify(log)));
    }

    @Test
    void closureAndWithdrawal_ofAStranger_areFound() {
        only(Kind.COLLABORATION_NOT_MEMBER, PACT.changed(agreed(), STRANGER, "WITHDRAWN"));
        only(Kind.COLLABORATION_NOT_MEMBER, PACT.changed(agreed(), STRANGER, "CLOSED"));
    }

    @Test
    void draft_closedByAMember_isValid() {
        assertEquals(
                List.of(),
                verify(PACT.changed(signedBy("shop"), "video", "CLOSED")).findings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"members", "purposes", "region", "legalRelation"})
    void term_changedBehindTheHash_isFound(String term) {
        var another = Map.of(
                "members",
                Json.array(IntStream.rangeClosed(1, 2)
                        .mapToObj(each -> member("m-" + each))
                        .toList()),
                "purposes",
                Json.strings(List.of("ATTRIBUTION")),
                "region",
                Json.of("ABROAD"),
                "legalRelation",
                Json.of("PROVISION"));
        assertTrue(kinds(verify(agreed().set(0, term, another.get(term)))).contains(Kind.COLLABORATION_TERMS_DIFFER));
    }

    @Test
    void terms_ofAnotherCollaboration_areFound() {
        only(Kind.COLLABORATION_TERMS_DIFFER, PACT.created(new LogBook()).set(0, "collaborationId", Json.of("col_2")));
    }

    @Test
    void collaboration_createdAgain_isFound() {
        only(Kind.COLLABORATION_TERMS_DIFFER, PACT.created(agreed()));
    }

    @Test
    void collaboration_createdByAStranger_isFound() {
        only(Kind.COLLABORATION_NOT_MEMBER, PACT.created(new LogBook()).set(0, "tenant", Json.of(STRANGER)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"members", "purposes", "region", "legalRelation", "agreementHash"})
    void creation_thatLeavesATermOut_isMalformed(String term) {
        only(Kind.ENTRY_MALFORMED, PACT.created(new LogBook()).edit(0, entry -> without(entry, term)));
    }

    @Test
    void creation_ofMembersThatAreNone_isMalformed() {
        for (Json members : List.of(
                Json.array(List.of(member("shop"))),
                Json.array(List.of(member("shop"), member("shop"))),
                Json.array(List.of(member("shop"), Json.of("video"))),
                Json.array(List.of(member("shop"), member("video").with("share", Json.of(1)))),
                Json.array(IntStream.range(0, 17)
                        .mapToObj(each -> member("m-" + each))
                        .toList()))) {
            only(Kind.ENTRY_MALFORMED, PACT.created(new LogBook()).set(0, "members", members));
        }
    }

    @Test
    void collaboration_thatNoEntryCreates_isFound() {
        ACTS.forEach((name, act) -> only(Kind.COLLABORATION_UNKNOWN, act.of(new LogBook(), "brand-a")));
    }

    @Test
    void whatIsMissing_whereEntriesWereErased_isIncomplete() {
        Consumer<LogBook> incomplete = log -> {
            var report = verify(ACTS.get("attaches").of(log.keyDestroyed(), "brand-a"));
            assertEquals(
                    Verdict.INCOMPLETE,
                    report.verdict(),
                    () -> report.findings().toString());
        };
        incomplete.accept(agreed().erase(0));
        incomplete.accept(agreed().erase(3));
    }

    @Test
    void stranger_whereEntriesWereErased_isInvalid() {
        var log = ACTS.get("attaches").of(agreed().erase(3).keyDestroyed(), STRANGER);
        assertEquals(Verdict.INVALID, verify(log).verdict());
    }

    @Test
    void release_forAPurposeThatNobodyAgreedOn_isFound() {
        var narrow = new LogPact("col_1", PACT.members(), List.of("ATTRIBUTION"));
        only(Kind.COLLABORATION_TERMS_DIFFER, job(narrow.agreed(new LogBook()), "brand-a"));
    }

    private static LogBook agreed() {
        return PACT.agreed(new LogBook());
    }

    private static LogBook signedBy(String... members) {
        var log = PACT.created(new LogBook());
        List.of(members).forEach(member -> PACT.signed(log, member));
        return log;
    }

    private static LogBook job(LogBook log, String merchant) {
        return CollaborationAuditTest.joint(log, 1, CollaborationAuditTest.lines(merchant, RHO, 2L * RHO));
    }

    private static Json.Obj member(String party) {
        return Json.object()
                .put("party", party)
                .put("roles", Json.strings(List.of("merchant")))
                .build();
    }

    private static Json.Obj without(Json.Obj entry, String field) {
        var rest = Json.object();
        entry.members().forEach((name, value) -> {
            if (!name.equals(field)) {
                rest.put(name, value);
            }
        });
        return rest.build();
    }

    private void only(Kind kind, LogBook log) {
        AuditReport report = verify(log);
        assertEquals(Verdict.INVALID, report.verdict());
        assertEquals(Set.of(kind), kinds(report), () -> report.findings().toString());
    }

    private static Set<Kind> kinds(AuditReport report) {
        return report.findings().stream().map(Finding::kind).collect(Collectors.toSet());
    }

    private AuditReport verify(LogBook log) {
        Path export = folders.resolve("export-" + written++);
        assertTrue(export.toFile().mkdirs());
        log.write(export);
        return AuditVerification.verify(export, LogBook.KEY, 0, done -> {});
    }
}
