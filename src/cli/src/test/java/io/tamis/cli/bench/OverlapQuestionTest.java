package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.cli.client.JsonView;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapQuestionTest {
    @Test
    void body_ofTwoAudiences_namesDatasetsInTheirOrderAndConditionsWhereTheyBelong() {
        var least = new OverlapQuestion.Condition("watch_minutes_30d", "GE", Json.of(7));
        var question = new OverlapQuestion(
                new CollaborationId("col_x"),
                List.of(
                        OverlapQuestion.Audience.where(new DatasetId("video-users"), least),
                        OverlapQuestion.Audience.everybody(new DatasetId("shop-users"))));
        var body = JsonView.of(
                question.body("r-1", Json.object().put("rhoMicro", 40).build()));
        assertEquals("col_x", body.at("collaborationId").text());
        assertEquals("video-users", body.at("datasets").at(0).at("id").text());
        assertEquals("shop-users", body.at("datasets").at(1).at("id").text());
        var audiences = body.at("params").at("audiences");
        assertEquals(
                "[{\"column\":\"video-users#watch_minutes_30d\",\"op\":\"GE\",\"values\":[7]}]",
                audiences.at(0).at("where").value().canonical());
        assertEquals("[]", audiences.at(1).at("where").value().canonical());
    }
}
