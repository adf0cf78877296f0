"""The addresses of a school at the gateway, below ``gateway/<organisation>/``."""

from django.urls import include, path

from keystage.service.gateway.views import corrections, files, numbers, overview, receipts

app_name = "gateway"

urlpatterns = [
    path("", overview.collections, name="collections"),
    path("<int:year>/", overview.overview, name="return"),
    path("<int:year>/files/", include(files.urlpatterns)),
    path("<int:year>/numbers/", include(numbers.urlpatterns)),
    path("<int:year>/corrections/", include(corrections.urlpatterns)),
    path("<int:year>/receipts/", include(receipts.urlpatterns)),
]
