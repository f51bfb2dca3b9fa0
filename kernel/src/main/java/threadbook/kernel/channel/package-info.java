/// Where messages travel: five sockets, one thread each; the only importer of `org.zeromq`.
@NullMarked
package threadbook.kernel.channel;

import org.jspecify.annotations.NullMarked;
