using System.Text;
using AiGateway.Local.MockProvider;

namespace AiGateway.Local.Tests.MockProvider;

public static class EventStreamFrameTests
{
    [Fact]
    public static void The_empty_message_is_that_of_awss_own_test_vectors() => Assert.Equal(
        "000000100000000005C248EB7D98C8FF", Convert.ToHexString(EventStreamFrame.Encode([], [])));

    [Fact]
    public static void A_payload_without_headers_is_that_of_awss_own_test_vectors() => Assert.Equal(
        "0000001D00000000FD528C5A7B27666F6F273A27626172277DC3653936",
        Convert.ToHexString(EventStreamFrame.Encode([], Encoding.UTF8.GetBytes("{'foo':'bar'}"))));
}
