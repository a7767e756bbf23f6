package io.tamis.cli.demo;

import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.ServerProcess;
import java.util.Optional;

/** The demonstration's story: the scenes in their order. Everything but the start of the service goes over HTTP. */
final class Script {
    private final Stage stage;
    private final Auditor auditor;
    private final FirstAnswer first;

    Script(Stage stage, Auditor auditor) {
        this.stage = stage;
        this.auditor = auditor;
        this.first = new FirstAnswer(stage);
    }

    /** What runs beside the service. */
    record Companions(WitnessProcess witness, DemoChain chain, KeyHolders holders) {}

    /** Plays all scenes in order. */
    void play(Steps steps, ServerProcess server, Companions beside) {
        steps.step("start", () -> first.start(server, beside.witness()));
        steps.step("load", first::load);
        steps.step("dry run", first::dryRun);
        steps.step("witness", () -> first.cosigned(beside.witness()));
        steps.step("answer", first::ask);
        steps.step("identifier refused", first::askForIdentifiers);
        steps.step("overspending refused", first::overspend);
        steps.step("budget left", first::budget);
        steps.step("asked again", first::askAgain);
        var companies = new Companies(stage);
        var alliance = new Alliance(stage, companies);
        playAcross(steps, companies, alliance);
        playEncrypted(steps, companies, alliance, beside.holders());
        var brief = new BriefAlliance(stage, companies);
        steps.step("unsigned refused", brief::attachUnsigned);
        steps.step("links", () -> brief.links(alliance.pact()));
        steps.step("closed", brief::close);
        var audit = new Audit(stage, auditor);
        steps.step("receipt", () -> audit.receipt(first.answer()));
        steps.step("anchored", () -> anchored(beside.chain(), audit));
        steps.step("officer's check", () -> audit.verify(cast().orElseThrow().officer()));
        steps.step("keys destroyed", () -> audit.keysDestroyed(brief.pact().id()));
        steps.step("forgery caught", audit::catchForgery);
    }

    private Outcome anchored(DemoChain chain, Audit audit) {
        var outcome = chain.anchored(stage.client(), first.answer().at("receipt"));
        cast().ifPresent(cast -> audit.keepAnchored(stage.client().as(cast.merchant()), first.answer()));
        return outcome;
    }

    private void playAcross(Steps steps, Companies companies, Alliance alliance) {
        var across = new AcrossPlatforms(stage, companies);
        steps.step("agreement", alliance::sign);
        steps.step("their data", alliance::bringData);
        steps.step("overlap", () -> across.overlap(alliance.pact()));
        steps.step("own list", across::ownList);
        steps.step("reach", across::reach);
        steps.step("one price each", across::budget);
        var outsiders = new Outsiders(stage, companies);
        steps.step("outsiders refused", () -> outsiders.refused(alliance.pact()));
    }

    private void playEncrypted(Steps steps, Companies companies, Alliance alliance, KeyHolders holders) {
        var tagging = new Tagging(stage, holders);
        var campaign = new EncryptedCampaign(stage, companies, holders);
        steps.step("key holders", () -> holders.makeKey(stage));
        steps.step("encrypted tags", tagging::encryptAll);
        steps.step("encrypted audience", () -> campaign.ask(alliance.pact()));
        steps.step("holders away", () -> campaign.twoAway(alliance.pact()));
    }

    /** Who played, once the service has made its issuer key. */
    Optional<Cast> cast() {
        return first.cast();
    }

    /** From the process's start to the first answer. */
    Optional<String> firstAnswerSeconds() {
        return first.firstAnswerSeconds();
    }
}
