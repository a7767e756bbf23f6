package io.tamis.cli.demo;

import io.tamis.data.Json;
import io.tamis.data.MicroEpsilon;
import java.util.List;
import java.util.Set;

/** Who has not signed gets nothing, and is not told that there is something. */
final class Outsiders {
    private final Stage stage;
    private final Companies companies;

    Outsiders(Stage stage, Companies companies) {
        this.stage = stage;
        this.companies = companies;
    }

    /** A merchant and a platform without a signature try. */
    Outcome refused(Pact pact) {
        Json question = AcrossQuestions.overlap(new MicroEpsilon(100_000), "shop-users", "video-users")
                .body(pact, stage.request("outsider"));
        var asked = Stage.refused(
                companies.merchant(Companies.OTHER_BRAND).post("/v1/jobs", question),
                Set.of("NOT_MEMBER"),
                "brand-z, which has not signed, asks across");
        var looked = Stage.refused(
                companies.platform(Companies.OTHER_PLATFORM).get(pact.path()),
                Set.of("NOT_FOUND"),
                "platform music looks at the agreement");
        return Outcome.all(List.of(asked, looked));
    }
}
