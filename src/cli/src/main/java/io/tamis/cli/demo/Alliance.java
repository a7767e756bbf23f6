package io.tamis.cli.demo;

import static io.tamis.cli.demo.Companies.BRAND;
import static io.tamis.cli.demo.Companies.MESSENGER;
import static io.tamis.cli.demo.Companies.OTHER_MEMBER;
import static io.tamis.cli.demo.Companies.SHOP;
import static io.tamis.cli.demo.Companies.VIDEO;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Problem;
import io.tamis.cli.client.Upload;
import io.tamis.cli.client.Withheld;
import io.tamis.data.DatasetId;
import io.tamis.data.PartyId;
import io.tamis.data.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Three platforms and two merchants agree, and bring their data. The agreement lasts: a later run on the same data directory
 * finds it, and its questions are answered from the cache, so that no run spends a budget that an earlier one needs.
 */
final class Alliance {
    private static final String FOLDER = "three-platforms";
    private static final int PAGES_MAX = 20;

    /** In the order in which they sign; the first one proposes. */
    private static final List<PartyId> MEMBERS = List.of(SHOP, VIDEO, MESSENGER, BRAND, OTHER_MEMBER);

    private static final Set<Purpose> PURPOSES = Set.of(Purpose.AUDIENCE_INSIGHT, Purpose.AD_MEASUREMENT);

    private static final Map<String, PartyId> OWNERS = new TreeMap<>(Map.of(
            "shop-users", SHOP,
            "video-users", VIDEO,
            "video-exposures", VIDEO,
            "messenger-users", MESSENGER,
            "messenger-exposures", MESSENGER,
            "brand-members", BRAND));

    private final Stage stage;
    private final Companies companies;
    private Optional<Pact> pact = Optional.empty();

    Alliance(Stage stage, Companies companies) {
        this.stage = stage;
        this.companies = companies;
    }

    /** What they agreed. */
    Pact pact() {
        return pact.orElseThrow();
    }

    /** Everybody signs what everybody else signs. */
    Outcome sign() {
        pact = standing();
        if (pact.isPresent()) {
            return Outcome.passed(told("signed in an earlier run"));
        }
        Pact proposed = Pact.propose(companies, MEMBERS, PURPOSES);
        pact = Optional.of(proposed);
        JsonView shown = JsonView.ABSENT;
        for (PartyId member : MEMBERS) {
            shown = proposed.sign(companies.member(member)).orRefused().view();
        }
        return Outcome.check(
                shown.at("state").text().equals("ACTIVE"),
                told("each computed the digest of the terms and signed that"),
                "all have signed, and it is " + shown.at("state").text());
    }

    private String told(String how) {
        return "shop, video, messenger, brand-a and brand-b, agreement "
                + pact().agreement().substring(0, 8) + ", " + how;
    }

    /** Everybody loads their files, and attaches them. */
    Outcome bringData() {
        var begun = stage.shell().clock().instant();
        long rows = 0;
        for (String dataset : OWNERS.keySet()) {
            rows += load(dataset);
        }
        String loaded = stage.seconds(begun);
        var deriving = stage.shell().clock().instant();
        for (var dataset : OWNERS.entrySet()) {
            Answer attached = pact().attach(companies.member(dataset.getValue()), dataset.getKey());
            if (attached instanceof Answer.Refused(Problem problem)) {
                return new Outcome.Failed(dataset.getKey() + ": " + problem.line());
            }
        }
        return Outcome.passed(
                "%d files of 4 companies, %d rows about 10000 made-up persons, loaded in %s s; their links in %s s"
                        .formatted(OWNERS.size(), rows, loaded, stage.seconds(deriving)));
    }

    private long load(String dataset) {
        Path file = stage.sample(FOLDER, dataset + ".csv");
        var owner = companies.member(OWNERS.get(dataset));
        var withheld =
                Withheld.of(owner.get("/v1/datasets/" + dataset).orRefused().view());
        Upload.hashed(file, withheld, stage.quiet())
                .send(owner, new DatasetId(dataset), 1)
                .orRefused();
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count() - 1;
        } catch (IOException unreadable) {
            throw ClientException.usage("cannot read " + file);
        }
    }

    /** The agreement of an earlier run, when it still stands. */
    private Optional<Pact> standing() {
        String page = "/v1/collaborations?limit=200";
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            JsonView list = companies.platform(SHOP).get(page).orRefused().view();
            Optional<Pact> found = list.at("items").items().stream()
                    .filter(Alliance::isOurs)
                    .map(Pact::of)
                    .findFirst();
            if (found.isPresent() || list.at("next").text().isEmpty()) {
                return found;
            }
            page = "/v1/collaborations?limit=200&cursor=" + list.at("next").text();
        }
        return Optional.empty();
    }

    private static boolean isOurs(JsonView shown) {
        var parties = shown.at("members").items().stream()
                .filter(member -> member.at("withdrawnAt").isAbsent())
                .map(member -> new PartyId(member.at("party").text()))
                .collect(Collectors.toSet());
        var purposes = shown.at("purposes").items().stream().map(JsonView::text).collect(Collectors.toSet());
        return shown.at("state").text().equals("ACTIVE")
                && shown.at("keyEpoch").integerOrZero() == 1
                && parties.equals(new HashSet<>(MEMBERS))
                && purposes.equals(PURPOSES.stream().map(Purpose::name).collect(Collectors.toSet()));
    }
}
