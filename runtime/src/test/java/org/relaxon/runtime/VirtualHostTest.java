package org.relaxon.runtime;

import org.relaxon.runtime.virtual.VirtualHost;

class VirtualHostTest extends HostContract {
    @Override
    Host newHost() {
        return new VirtualHost();
    }
}
