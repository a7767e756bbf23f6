package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.CollaborationId;
import io.tamis.data.MicroEpsilon;
import org.junit.jupiter.api.Test;

class AcrossQuestionsTest {
    private static final Pact PACT = new Pact(new CollaborationId("col_1"), "00");

    @Test
    void overlap_lists_areNamedByTheirOwners() {
        assertEquals(
                "{\"collaborationId\":\"col_1\",\"datasets\":["
                        + "{\"id\":\"brand-members\",\"purpose\":\"AUDIENCE_INSIGHT\",\"version\":1},"
                        + "{\"id\":\"shop-users\",\"purpose\":\"AUDIENCE_INSIGHT\",\"version\":1}],"
                        + "\"jobRequestId\":\"r\",\"params\":{\"audiences\":[{\"dataset\":\"brand-members\",\"id\":\"brand\"},"
                        + "{\"dataset\":\"shop-users\",\"id\":\"shop\"}]},"
                        + "\"privacy\":{\"epsilonMicro\":250000,\"mechanism\":\"PURE_LAPLACE\"},"
                        + "\"reason\":\"what the platforms' people have in common\",\"type\":\"OVERLAP\"}",
                AcrossQuestions.overlap(new MicroEpsilon(250_000), "brand-members", "shop-users")
                        .body(PACT, "r")
                        .canonical());
    }

    @Test
    void reach_campaign_isACondition() {
        assertEquals(
                "{\"exposures\":[{\"dataset\":\"video-exposures\",\"id\":\"video\",\"on\":\"video-exposures#shown_on\","
                        + "\"where\":[{\"column\":\"video-exposures#campaign\",\"op\":\"EQ\",\"values\":[\"singles-day\"]}]}],"
                        + "\"maxFrequency\":5,\"window\":{\"from\":\"2026-10-20\",\"to\":\"2026-11-11\"}}",
                AcrossQuestions.reach(new MicroEpsilon(1), "video-exposures")
                        .params()
                        .canonical());
    }
}
