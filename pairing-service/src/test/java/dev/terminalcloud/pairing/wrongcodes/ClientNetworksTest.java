package dev.terminalcloud.pairing.wrongcodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.network.IpLiteral;
import org.junit.jupiter.api.Test;

/** The networks that IPv6 clients share limits with. */
class ClientNetworksTest {
    @Test
    void ipv6ClientIsInTwoWiderNetworks() {
        ClientAddress client = client("2001:db8:1:2ff:3:4:5:6");

        assertThat(ClientNetworks.network(client, ClientNetworks.SMALL_SITE)).hasValue("2001:db8:1:200:0:0:0:0/56");
        assertThat(ClientNetworks.network(client, ClientNetworks.SITE)).hasValue("2001:db8:1:0:0:0:0:0/48");
        assertThat(ClientNetworks.widest(client)).isEqualTo("2001:db8:1:0:0:0:0:0/48");
    }

    @Test
    void otherClientsAreInNone() {
        for (ClientAddress client : new ClientAddress[] {client("192.0.2.7"), ClientAddress.UNKNOWN}) {
            assertThat(ClientNetworks.network(client, ClientNetworks.SITE)).isEmpty();
            assertThat(ClientNetworks.widest(client)).isEqualTo(client.text());
        }
    }

    private static ClientAddress client(String address) {
        return ClientAddress.of(IpLiteral.parse(address).orElseThrow());
    }
}
