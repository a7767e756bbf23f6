package io.tamis.cli.demo;

import static io.tamis.cli.demo.Companies.BRAND;
import static io.tamis.cli.demo.Companies.SHOP;
import static io.tamis.cli.demo.Companies.VIDEO;

import io.tamis.cli.client.JsonView;
import io.tamis.data.Json;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.PartyId;
import io.tamis.data.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A second agreement over data of the first one: too early, in force, and over. */
final class BriefAlliance {
    private static final List<PartyId> MEMBERS = List.of(SHOP, VIDEO, BRAND);
    private static final Set<String> NOT_NOW = Set.of("STATE_CONFLICT");
    private static final String SHARED = "shop-users";

    private final Stage stage;
    private final Companies companies;
    private Optional<Pact> pact = Optional.empty();

    BriefAlliance(Stage stage, Companies companies) {
        this.stage = stage;
        this.companies = companies;
    }

    /** What they agreed. */
    Pact pact() {
        return pact.orElseThrow();
    }

    /** One has signed, and cannot attach before the others have. */
    Outcome attachUnsigned() {
        pact = Optional.of(Pact.propose(companies, MEMBERS, Set.of(Purpose.AUDIENCE_INSIGHT)));
        pact().sign(companies.platform(SHOP)).orRefused();
        return Stage.refused(
                pact().attach(companies.platform(SHOP), SHARED),
                NOT_NOW,
                "shop attaches to a second agreement that video and brand-a have not signed");
    }

    /**
     * The same people are in two agreements under two keys. Nobody can compare their pseudonyms, as nobody is shown any: what
     * can be seen is the list of attachments, and, by who has the service's disk, sealed files.
     */
    Outcome links(Pact lasting) {
        pact().sign(companies.platform(VIDEO)).orRefused();
        pact().sign(companies.merchant(BRAND)).orRefused();
        pact().attach(companies.platform(SHOP), SHARED).orRefused();
        pact().attach(companies.platform(VIDEO), "video-users").orRefused();
        JsonView shown =
                companies.merchant(BRAND).get(pact().path()).orRefused().view();
        var members = shown.at("datasets").at(0);
        var first = new SealedFiles(folder(lasting).resolve(SHARED));
        var second = new SealedFiles(folder(pact()).resolve(SHARED));
        var phones = SealedFiles.firstFields(stage.sample("three-platforms", SHARED + ".csv"));
        boolean silent = !first.holdsAny(phones) && !second.holdsAny(phones) && !first.sharesBlocksWith(second);
        if (!silent || first.count() == 0 || second.count() == 0) {
            return new Outcome.Failed("a phone, or a block of one agreement's links in the other's, is on the disk");
        }
        return new Outcome.Passed(
                SHARED + " is in both agreements, its people under a key of each; nobody is shown what they are called",
                List.of(
                        "members see of it: " + names(members),
                        "on the disk: %d sealed files with none of %d phones, and with no 16 bytes in both agreements"
                                .formatted(first.count() + second.count(), phones.size())));
    }

    /** One member closes it: nothing can be asked or attached any more, and the links are gone. */
    Outcome close() {
        Path links = folder(pact());
        boolean there = Files.isDirectory(links);
        pact().close(companies.platform(VIDEO)).orRefused();
        var question = AcrossQuestions.overlap(new MicroEpsilon(100_000), SHARED, "video-users")
                .body(pact(), stage.request("closed"));
        var gone = Outcome.check(
                there && Files.notExists(links),
                "video closes the second agreement: its pseudonym key is destroyed, its links folder is gone",
                "the links of a closed agreement are still on the disk");
        var asked = Stage.refused(companies.merchant(BRAND).post("/v1/jobs", question), NOT_NOW, "brand-a asks in it");
        var attached =
                Stage.refused(pact().attach(companies.platform(SHOP), SHARED), NOT_NOW, "shop attaches to it again");
        return Outcome.all(List.of(gone, asked, attached));
    }

    private Path folder(Pact of) {
        return stage.data().path().resolve("links").resolve(of.id().value());
    }

    private static String names(JsonView attachment) {
        return attachment.value() instanceof Json.Obj object
                ? new TreeSet<>(object.members().keySet()).stream().collect(Collectors.joining(", "))
                : "nothing";
    }
}
