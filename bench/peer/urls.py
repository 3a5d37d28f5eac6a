"""The peer at the root of its server."""

from django.urls import include, path

urlpatterns = [path("", include("helpdesk.urls"))]
