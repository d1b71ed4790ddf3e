package dev.terminalcloud.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.asyncapi.Document.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page for device vendors, of the device connector, shows each message, as the document says. */
class VendorsPageTest {
    private static final Pattern MESSAGE = Pattern.compile("\\{\"type\":\".*\\}");
    private static final Path PAGE =
            Path.of(System.getProperty("terminalcloud.root"), "device-connector", "device-vendors.md");
    private static final String ID = "7ab5ac71-0000-4000-8000-000000000002";

    @Test
    void eachMessageIsShownAndFits() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (String text : shown()) {
            JsonNode json = JsonMapper.builder().build().readTree(text);
            Message message = Document.DEVICE_PROTOCOL.message(json.path("type").asText());
            message.assertFits(json);
            assertThat(message.members()).as(text).containsAll(Document.names(json));
            shown.add(message.type());
        }

        assertThat(shown)
                .isEqualTo(new TreeSet<>(
                        Document.DEVICE_PROTOCOL.messages().map(Message::type).toList()));
    }

    @Test
    void eachMemberIsOnThePage() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(Document.DEVICE_PROTOCOL.messages()).isNotEmpty().allSatisfy(message -> assertThat(message.members())
                .as(message.type())
                .allMatch(member -> page.contains("\"" + member + "\"") || page.contains("`" + member + "`")));
    }

    /** Returns the messages, with values in the place of shell variables and ellipses. */
    private static List<String> shown() throws IOException {
        return MESSAGE.matcher(Files.readString(PAGE))
                .results()
                .map(message -> message.group()
                        .replace("'$TRANSACTION'", ID)
                        .replace("…", ID)
                        .replace("'$PAIRING'", "3"))
                .toList();
    }
}
