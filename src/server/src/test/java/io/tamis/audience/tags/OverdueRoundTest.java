package io.tamis.audience.tags;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.audience.KeyGroup;
import io.tamis.audience.TagPlatform;
import io.tamis.audience.board.BlobShelf;
import io.tamis.audience.board.BoardId;
import io.tamis.audience.board.Boards;
import io.tamis.audience.keys.KeyEpochs;
import io.tamis.audience.tags.RoundRows.State;
import io.tamis.data.Actor;
import io.tamis.data.DepartmentId;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import io.tamis.holder.slots.RoundStep;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import io.tamis.server.TamisTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a round comes to when somebody is away: one holder too many delays it ten minutes, one too few makes it void. */
@TamisTest
class OverdueRoundTest {
    private static final KeyGroup GROUP = KeyGroup.of("overdue", "tags-a");
    private static final Actor OFFICER = new Actor(
            new PartyId("authority"), new PersonId("u-officer"), Role.COMPLIANCE_OFFICER, new DepartmentId("audit"));

    private static long epoch;

    @Inject
    Jdbi jdbi;

    @Inject
    Boards boards;

    @Inject
    BlobShelf blobs;

    @Inject
    KeyEpochs epochs;

    @Inject
    SlotDispute disputes;

    @Inject
    Ledger ledger;

    @Inject
    Events events;

    @Inject
    InstantSource clock;

    @BeforeAll
    static void makeAKey() {
        epoch = GROUP.made();
    }

    @AfterAll
    static void retireIt() {
        KeyGroup.retire(epoch, false);
    }

    @Test
    void holderAway_delaysTheTossTenMinutes() {
        TagPlatform.load("tags-a", 20, 100);
        var platform = TagPlatform.of(GROUP, "tags-a", 20, epoch, 1);
        BoardId id = opened(platform);
        for (int i = 1; i <= 2; i++) {
            platform.post(GROUP.holder(i), platform.coin(GROUP.holder(i)))
                    .then()
                    .statusCode(201);
        }
        assertEquals(State.COINS, later(Duration.ofMinutes(9)).find(OFFICER, id).state());
        RoundRows.Row row = later(Duration.ofMinutes(11)).find(OFFICER, id);
        assertEquals(State.REVEALS, row.state());
        assertEquals(Set.of(RoundStep.COINS), row.closed());
        for (int i = 1; i <= 2; i++) {
            platform.post(GROUP.holder(i), platform.reveal(GROUP.holder(i)))
                    .then()
                    .statusCode(201);
        }
        assertEquals(State.OPENING, later(Duration.ZERO).find(OFFICER, id).state());
    }

    @Test
    void tooFewHolders_makeTheRoundVoid_andTheNextAttemptIsOpen() {
        TagPlatform.load("tags-a", 21, 100);
        var platform = TagPlatform.of(GROUP, "tags-a", 21, epoch, 1);
        BoardId id = opened(platform);
        platform.post(GROUP.holder(1), platform.coin(GROUP.holder(1))).then().statusCode(201);
        assertEquals(State.COINS, later(Duration.ofHours(23)).find(OFFICER, id).state());
        assertEquals(State.VOID, later(Duration.ofHours(25)).find(OFFICER, id).state());
        platform.open(platform.planMessage()).then().statusCode(200);
        opened(TagPlatform.of(GROUP, "tags-a", 21, epoch, 2));
    }

    /** Who could wait out a coin it does not like would be tossing again. */
    @Test
    void platformThatDoesNotOpen_hasFailed() {
        TagPlatform.load("tags-b", 20, 100);
        KeyGroup group = KeyGroup.of("overdue-b", "tags-b");
        long other = group.made();
        try {
            var platform = TagPlatform.of(group, "tags-b", 20, other, 1);
            platform.tossed();
            BoardId id = new BoardId(platform.show().path("id"));
            RoundRows.Row row = later(Duration.ofHours(25)).find(OFFICER, id);
            assertEquals(State.FAILED, row.state());
            assertEquals("LATE", row.fault());
        } finally {
            KeyGroup.retire(other, false);
        }
    }

    /**
     * The attack by silence: a holder in league with the platform has seen the coins, and lets the round become void. Each such round
     * is one more chance for a bad slot; three are given, of all versions together. A round void before any coin was shown is none.
     */
    @Test
    void attack_roundAfterThreeVoidOnesWithCoinsShown_isRefused() {
        KeyGroup group = KeyGroup.of("overdue-c", "tags-b");
        long other = group.made();
        try {
            TagPlatform.load("tags-b", 30, 100);
            TagPlatform.load("tags-b", 31, 100);
            BoardId harmless = opened(TagPlatform.of(group, "tags-b", 30, other, 1));
            assertEquals(
                    State.VOID,
                    later(Duration.ofHours(25)).find(OFFICER, harmless).state());
            for (int attempt = 2; attempt <= 4; attempt++) {
                var platform =
                        TagPlatform.of(group, "tags-b", attempt == 4 ? 31 : 30, other, attempt == 4 ? 1 : attempt);
                BoardId id = opened(platform);
                for (int i = 1; i <= 3; i++) {
                    platform.post(group.holder(i), platform.coin(group.holder(i)))
                            .then()
                            .statusCode(201);
                }
                platform.post(group.holder(1), platform.reveal(group.holder(1)))
                        .then()
                        .statusCode(201);
                RoundRows.Row row = later(Duration.ofHours(25)).find(OFFICER, id);
                assertEquals(State.VOID, row.state());
                assertEquals(Set.of(RoundStep.REVEALS), row.closed());
            }
            refused(TagPlatform.of(group, "tags-b", 30, other, 4));
            refused(TagPlatform.of(group, "tags-b", 31, other, 2));
        } finally {
            KeyGroup.retire(other, false);
        }
    }

    private static void refused(TagPlatform platform) {
        platform.open(platform.planMessage())
                .then()
                .statusCode(409)
                .body("code", org.hamcrest.Matchers.equalTo("SLOT_REFUSED"));
    }

    private static BoardId opened(TagPlatform platform) {
        return new BoardId(platform.open(platform.planMessage())
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    private Rounds later(Duration by) {
        var minutes = new TagMinutes(jdbi, ledger, events, () -> clock.instant().plus(by));
        return new Rounds(jdbi, boards, blobs, epochs, disputes, minutes);
    }
}
